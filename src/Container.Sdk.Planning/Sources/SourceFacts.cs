using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>What MSBuild says of a project; all paths are absolute.</summary>
/// <param name="File">The project file.</param>
/// <param name="References">The project files that it refers to, in any way: also those that it only has built before it.</param>
public sealed record SourceFacts(string File, ImmutableArray<string> References)
{
    /// <summary>The framework that is taken of it, where it has several.</summary>
    public string? Framework { get; init; }

    /// <summary>The files that its project file imports, in any depth, other than those of SDKs and packages.</summary>
    public ImmutableArray<string> Imports { get; init; } = [];

    /// <summary>The files that its items name, and that lie outside of its folder.</summary>
    public ImmutableArray<string> Inputs { get; init; } = [];

    /// <summary>The folders that it is compiled to.</summary>
    public ImmutableArray<string> Outputs { get; init; } = [];
}
