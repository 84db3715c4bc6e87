using System.Collections.Immutable;
using Container.Sdk.Publishing;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>A task that takes what a project asks for (sdk/targets/Container.Sdk.Request.targets).</summary>
public abstract class RequestTask : ContainerTask
{
    /// <summary>One item: its metadata are the project's properties.</summary>
    [Required]
    public ITaskItem Request { get; set; } = null!;

#pragma warning disable CA1819 // MSBuild gives items as arrays.
    /// <summary>Items of all kinds; the metadata <c>ContainerItemKind</c> says which.</summary>
    public ITaskItem[] Items { get; set; } = [];
#pragma warning restore CA1819

    /// <inheritdoc/>
    protected override string Project => Request.GetMetadata("ProjectName");

    /// <inheritdoc/>
    protected override string Results => Request.GetMetadata("ResultFile");

    /// <summary>Reads the request.</summary>
    private protected RequestReader Reader => new(new ProjectItem(Request), ProjectItem.All(Items), Environment.GetEnvironmentVariable);

    /// <summary>The request, checked.</summary>
    private protected ContainerRequest ReadRequest() => Reader.Read((BuildEngine as IBuildEngine6)?.GetGlobalProperties() ?? ImmutableDictionary<string, string>.Empty);
}
