using Container.Sdk.Publishing;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>Finds the base image that an app starts from: that of the library that it refers to.</summary>
public sealed class FindBase : EarlyTask
{
#pragma warning disable CA1819 // MSBuild gives items as arrays.
    /// <summary>The package references of the project itself.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary>Base images of referenced projects, as those say them: <c>PackageId</c>.</summary>
    public ITaskItem[] ProjectBases { get; set; } = [];
#pragma warning restore CA1819

    /// <summary>The image, in the notation of <c>ContainerBaseImage</c>; empty where the app refers to no library.</summary>
    [Output]
    public string BaseImage { get; set; } = "";

    /// <summary>The library whose base it is.</summary>
    [Output]
    public string Library { get; set; } = "";

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var found = BaseSearch.Find(Reader.ReadProject(), Reader.ReadNaming(), [.. References.Select(r => r.ItemSpec)], [.. ProjectBases.Select(b => (b.GetMetadata("PackageId"), b.ItemSpec))]);
        if (found is var (library, image)) (Library, BaseImage) = (library, image);
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
