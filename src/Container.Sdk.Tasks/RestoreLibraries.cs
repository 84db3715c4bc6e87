using Container.Sdk.Libraries;
using Container.Sdk.Publishing;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Container.Sdk.Tasks;

/// <summary>Before restore reads a project's references: makes each reference to a library image say the version that was found.</summary>
public sealed class RestoreLibraries : LibraryTask
{
#pragma warning disable CA1819 // MSBuild gives items as arrays.
    /// <summary><c>PackageReference</c>.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary><c>PackageVersion</c>.</summary>
    public ITaskItem[] Versions { get; set; } = [];

    /// <summary>The references whose version was found; they take the place of those with the same names.</summary>
    [Output]
    public ITaskItem[] FoundReferences { get; set; } = [];

    /// <summary>The same of central versions.</summary>
    [Output]
    public ITaskItem[] FoundVersions { get; set; } = [];
#pragma warning restore CA1819

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var restore = new LibraryRestore(Session, ReadRequest(), this);
        var found = await restore.RestoreAsync([.. ProjectItem.All(References)], [.. ProjectItem.All(Versions)], cancellation).ConfigureAwait(false);
        FoundReferences = [.. found.Where(f => !f.IsCentral).Select(f => Rewritten(References, f))];
        FoundVersions = [.. found.Where(f => f.IsCentral).Select(f => Rewritten(Versions, f))];
    }

    private static TaskItem Rewritten(ITaskItem[] items, FoundReference found)
    {
        var item = new TaskItem(items[found.Index]);
        item.SetMetadata(found.Metadata, found.Range);
        return item;
    }
}
