using System.Collections.Immutable;

namespace Container.Sdk.Publishing;

/// <summary>Everything that is wrong with what a project asks for.</summary>
/// <param name="mistakes">The mistakes, at least one.</param>
public sealed class RequestException(ImmutableArray<ContainerException> mistakes) : Exception(string.Join('\n', mistakes.Select(m => m.Message)))
{
    /// <summary>The mistakes, in the order in which they were found.</summary>
    public ImmutableArray<ContainerException> Mistakes { get; } = mistakes;
}
