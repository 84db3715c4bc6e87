using System.Collections.Immutable;
using Container.Sdk.Processes;

namespace Container.Sdk.Engines;

/// <summary>How the secrets of a build reach an engine: the command line names a variable or a file, never a value.</summary>
/// <param name="Arguments">Options of the build.</param>
/// <param name="Variables">Variables that they name.</param>
internal sealed record BuildSecrets(IReadOnlyList<string> Arguments, IReadOnlyList<KeyValuePair<string, string?>> Variables)
{
    // Less than Windows (32 KiB) and Linux (128 KiB) allow for one variable.
    private const int LongestVariable = 30_000;

    /// <summary>Hands secrets over.</summary>
    /// <param name="secrets">The secrets.</param>
    /// <param name="folder">Gets a file for each that cannot be a variable.</param>
    /// <param name="filesOnly">Whether the engine reads files only.</param>
    public static BuildSecrets HandOver(IReadOnlyList<BuildSecret> secrets, PrivateFolder folder, bool filesOnly)
    {
        var arguments = new List<string>();
        var variables = new List<KeyValuePair<string, string?>>();
        foreach (var (i, secret) in secrets.Index())
        {
            var name = $"CONTAINER_SDK_SECRET_{i}";
            var asFile = filesOnly || secret.Text.Length > LongestVariable || secret.Text.Contains('\0', StringComparison.Ordinal);
            arguments.Add("--secret");
            arguments.Add(OptionList.Of($"id={secret.Id}", asFile ? $"src={folder.Write($"secret-{i}", secret.Text)}" : $"env={name}"));
            if (!asFile) variables.Add(new(name, secret.Text));
        }
        return new BuildSecrets(arguments, variables);
    }
}

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
