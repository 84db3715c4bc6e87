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
