using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>The components that share a layer.</summary>
/// <param name="Name">What a person reads: <c>package Serilog 3.1.1</c>.</param>
/// <param name="Kind">The kind of what is in it; of several, the topmost.</param>
/// <param name="Components">The components.</param>
public sealed record LayerGroup(string Name, OriginKind Kind, ImmutableArray<Component> Components)
{
    /// <summary>Uncompressed bytes.</summary>
    public long Size => Components.Sum(c => c.Size);
}
