using Container.Sdk.Publishing;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>Writes what a project asks for, and what that resolves to now, into <c>container.lock.json</c>.</summary>
public sealed class UpdateLock : LibraryTask
{
#pragma warning disable CA1819 // MSBuild gives items as arrays.
    /// <summary><c>PackageReference</c>.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary><c>PackageVersion</c>.</summary>
    public ITaskItem[] Versions { get; set; } = [];

    /// <summary>The images that the project starts from: its base, and the one that compiles.</summary>
    public string[] Images { get; set; } = [];
#pragma warning restore CA1819

    /// <summary>The platform of the images, by its runtime identifier.</summary>
    public string RuntimeIdentifier { get; set; } = "";

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var request = ReadRequest();
        var changes = await new LockUpdate(Session, request, this)
            .RunAsync([.. ProjectItem.All(References)], [.. ProjectItem.All(Versions)], [.. Images], RuntimeIdentifier, cancellation).ConfigureAwait(false);
        Announce(string.Join("\n    ", changes.DefaultIfEmpty("nothing changed").Prepend($"{Project} -> {request.Lock.File}")));
    }
}
