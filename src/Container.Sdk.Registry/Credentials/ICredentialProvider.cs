using System.Text;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>What is to be done with a repository.</summary>
public enum RegistryAccess
{
    /// <summary>Read from it.</summary>
    Pull,

    /// <summary>Write to it, and read from it.</summary>
    Push,
}

/// <summary>Where credentials come from. It is asked only where a registry wants some.</summary>
public interface ICredentialProvider
{
    /// <summary>Finds the credentials for a repository, or <c>null</c> where none are configured.</summary>
    /// <exception cref="ContainerException">
    /// Some are configured and cannot be had. This must not look like "none": a tool that went on with something else sent
    /// credentials to a wrong host (CVE-2021-41092).
    /// </exception>
    Task<Credential?> FindAsync(RegistryHost host, RepositoryName repository, RegistryAccess access, CancellationToken cancellation);
}

/// <summary>A user and a secret. The secret is in no text that this type gives, so that it reaches no log.</summary>
public sealed class Credential
{
    /// <summary>The user name that marks the secret as an identity token (a refresh token of the registry's token service).</summary>
    public const string TokenUser = "<token>";

    private readonly string _secret;

    /// <summary>A user and a secret.</summary>
    /// <param name="userName">The user; <see cref="TokenUser"/> where the secret is an identity token.</param>
    /// <param name="secret">A password, an access token or an identity token.</param>
    /// <param name="origin">Where it was found, for messages: a variable, a file, a helper.</param>
    public Credential(string userName, string secret, string origin) => (UserName, _secret, Origin) = (userName, secret, origin);

    /// <summary>The user.</summary>
    public string UserName { get; }

    /// <summary>Where it was found.</summary>
    public string Origin { get; }

    /// <summary>Whether the secret is an identity token, as <c>az acr login</c> leaves it.</summary>
    public bool IsIdentityToken => UserName == TokenUser;

    /// <summary>Gives the user and the secret to whoever hands them to a program, never on its command line.</summary>
    public T Give<T>(Func<string, string, T> take) => take(UserName, _secret);

    internal string IdentityToken => _secret;

    /// <summary>The value of an Authorization header (RFC 7617).</summary>
    internal string ToBasic() => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{_secret}"));

    /// <inheritdoc/>
    public override string ToString() => $"the credentials of '{UserName}' ({Origin})";
}
