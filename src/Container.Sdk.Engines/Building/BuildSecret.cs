using System.Collections.Immutable;

namespace Container.Sdk.Engines;

/// <summary>A secret that steps of a build may read, and that is in no layer, history, log or command line.</summary>
/// <param name="id">What <c>RUN --mount=type=secret,id=…</c> calls it.</param>
/// <param name="text">The secret.</param>
public sealed class BuildSecret(string id, string text)
{
    /// <summary>What <c>RUN --mount=type=secret,id=…</c> calls it.</summary>
    public string Id { get; } = id;

    /// <summary>What never appears in a log or a message; each line of the secret by default. For a file of settings, name the secrets in it.</summary>
    public ImmutableArray<string> Hidden { get; init; } = [text, .. text.Split('\n', StringSplitOptions.TrimEntries)];

    /// <summary>The secret itself: for files that only this user and the container can read.</summary>
    public string Text { get; } = text;

    /// <inheritdoc/>
    public override string ToString() => $"the secret '{Id}'";
}
