using Container.Sdk.Publishing;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>After restore: whether the packages that a build uses are the library images' own.</summary>
public sealed class CheckLibraries : LibraryTask
{
#pragma warning disable CA1819 // MSBuild gives items as arrays.
    /// <summary>The packages of the build, by name.</summary>
    public ITaskItem[] Packages { get; set; } = [];
#pragma warning restore CA1819

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        new LibraryRestore(Session, ReadRequest(), this).Check(Packages.Select(p => p.ItemSpec));
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
