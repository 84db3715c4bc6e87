namespace Container.Sdk.Planning;

/// <summary>Files that look like secrets. An image is read by many more people than a build server.</summary>
public static class SecretFiles
{
    private static readonly string[] Names =
    [
        "secrets.json", ".env", ".git-credentials", ".netrc", "_netrc", ".npmrc", ".pypirc", ".dockercfg", ".dockerconfigjson",
        "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", ".htpasswd", "credentials.json",
    ];

    private static readonly string[] Extensions = [".pfx", ".p12", ".key", ".ppk", ".jks", ".keystore", ".publishsettings", ".pubxml.user"];

    /// <summary>Patterns of names that alone say that a file is a secret; <c>*</c> stands for anything.</summary>
    public static IEnumerable<string> Patterns => Names.Append(".env.*").Concat(Extensions.Select(e => $"*{e}"));

    /// <summary>Whether the name alone says that the file is a secret.</summary>
    public static bool IsSecretName(string relativePath)
    {
        var name = relativePath[(relativePath.LastIndexOf('/') + 1)..].ToLowerInvariant();
        return Names.Contains(name) || name.StartsWith(".env.", StringComparison.Ordinal)
            || Extensions.Any(e => name.EndsWith(e, StringComparison.Ordinal));
    }

    /// <summary>Whether the file has to be read to know: the name is common, and only some content is secret.</summary>
    public static bool MayBeSecret(string relativePath)
    {
        var name = relativePath[(relativePath.LastIndexOf('/') + 1)..].ToLowerInvariant();
        return name is "nuget.config" or "config.json" || name.EndsWith(".pem", StringComparison.Ordinal);
    }

    /// <summary>Whether the content of a file of which <see cref="MayBeSecret"/> is true, is secret.</summary>
    public static bool IsSecretContent(string content) =>
        content.Contains("packageSourceCredentials", StringComparison.OrdinalIgnoreCase)
        || content.Contains("<apikeys", StringComparison.OrdinalIgnoreCase)
        || content.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
        || (content.Contains("\"auths\"", StringComparison.Ordinal) && content.Contains("\"auth\"", StringComparison.Ordinal));
}
