namespace Container.Sdk.Engines;

/// <summary>Credentials for a registry that an engine is to use, although the user's own configuration does not have them.</summary>
/// <param name="host">The registry, as references name it; <c>docker.io</c> for Docker Hub.</param>
/// <param name="user">The user; <c>&lt;token&gt;</c> where the secret is an identity token.</param>
/// <param name="secret">The password or token.</param>
public sealed class RegistryLogin(string host, string user, string secret)
{
    /// <summary>The registry, as references name it.</summary>
    public string Host { get; } = host;

    internal string User { get; } = user;

    internal string Secret { get; } = secret;

    internal bool IsIdentityToken => User == "<token>";

    /// <inheritdoc/>
    public override string ToString() => $"the credentials for {Host}";
}
