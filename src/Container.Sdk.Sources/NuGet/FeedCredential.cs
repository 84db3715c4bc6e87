using System.Xml;
using System.Xml.Linq;

namespace Container.Sdk.Sources;

/// <summary>The credentials of a package source. They go into a secret and nowhere else: this is no record, which would print them.</summary>
/// <param name="source">The name of the package source.</param>
/// <param name="user">The user.</param>
/// <param name="password">The password, in clear text.</param>
/// <param name="authenticationTypes">The kinds of authentication that it is for, such as <c>basic</c>, with commas; empty: any.</param>
internal sealed class FeedCredential(string source, string user, string password, string? authenticationTypes = null)
{
    /// <summary>What stands for the user where only the password counts: a NuGet configuration has to name one.</summary>
    public const string AnyUser = "user";

    /// <summary>The user.</summary>
    public string User { get; } = user;

    /// <summary>The password, in clear text.</summary>
    public string Password { get; } = password;

    /// <summary>The kinds of authentication that it is for; empty: any.</summary>
    public string AuthenticationTypes { get; } = authenticationTypes ?? "";

    /// <summary>The element that a NuGet configuration has for them.</summary>
    public XElement ToXml() => new(
        XmlConvert.EncodeLocalName(source)!, Add("Username", User), Add("ClearTextPassword", Password), AuthenticationTypes.Length > 0 ? Add("ValidAuthenticationTypes", AuthenticationTypes) : null);

    /// <inheritdoc/>
    public override string ToString() => $"the credentials of the package source '{source}'";

    private static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));
}
