using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Container.Sdk.Oci;

/// <summary>The name of a repository, as the OCI distribution specification has it ("Pulling manifests").</summary>
public sealed partial record RepositoryName
{
    private RepositoryName(string value) => Value = value;

    /// <summary>The name, for example <c>team-a/orders-api</c>.</summary>
    public string Value { get; }

    /// <summary>Reads a name.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidRepository"/></exception>
    public static RepositoryName Parse(string text) => TryParse(text, out var name) ? name : throw Diagnostics.InvalidRepository.Error(text);

    /// <summary>Reads a name where <paramref name="text"/> is one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RepositoryName? name)
    {
        name = text.Length <= 255 && Pattern().IsMatch(text) ? new RepositoryName(text) : null;
        return name is not null;
    }

    /// <summary>
    /// The name that a project's name becomes, by the rule of the in-box SDK: a repository name stays as it is;
    /// anything else is put into lower case, with <c>-</c> for all but letters, digits, <c>_</c>, <c>-</c> and <c>/</c>.
    /// </summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidRepository"/>, for example for a leading <c>-</c>.</exception>
    public static RepositoryName FromProjectName(string text)
    {
        if (TryParse(text, out var name)) return name;
        var lower = Impossible().Replace(text.Trim().ToLowerInvariant(), "-");
        return TryParse(lower, out name) || TryParse(lower.TrimEnd('-', '.', '_', '/'), out name)
            ? name
            : throw Diagnostics.InvalidRepository.Error(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z")]
    private static partial Regex Pattern();

    [GeneratedRegex("[^a-z0-9_/-]")]
    private static partial Regex Impossible();
}
