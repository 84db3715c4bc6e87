using System.Text.RegularExpressions;

namespace Container.Sdk.Oci;

/// <summary>Host and port of a registry, in one canonical form: Docker Hub's many names are <c>docker.io</c>.</summary>
public sealed partial record RegistryHost
{
    private RegistryHost(string value) => Value = value;

    /// <summary>What is written in an image reference, for example <c>registry.example.com:5000</c>.</summary>
    public string Value { get; }

    /// <summary>Docker Hub.</summary>
    public static RegistryHost DockerHub { get; } = new("docker.io");

    /// <summary>The host that answers requests; only Docker Hub's is another one than its name.</summary>
    public string ApiHost => this == DockerHub ? "registry-1.docker.io" : Value;

    /// <summary>Whether it is this machine: such a registry may be spoken to without encryption.</summary>
    public bool IsLoopback
    {
        get
        {
            var host = Value.StartsWith('[') ? Value[1..Value.IndexOf(']')] : Value.Split(':')[0];
            return host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal)
                || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));
        }
    }

    /// <summary>Reads <c>host[:port]</c>.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidReference"/></exception>
    public static RegistryHost Parse(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal))
            throw Diagnostics.InvalidReference.Error(text, "a registry is written without http:// or https://");
        var match = Pattern().Match(text);
        if (!match.Success || (match.Groups["port"] is { Success: true, Value: var port } && !(int.TryParse(port, out var p) && p is > 0 and < 65536)))
            throw Diagnostics.InvalidReference.Error(text, "it is no host[:port]");
        var lower = text.ToLowerInvariant();
        return lower is "docker.io" or "index.docker.io" or "registry-1.docker.io" or "registry.hub.docker.com" ? DockerHub : new(lower);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A([a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:.]+\])(:(?<port>[0-9]{1,5}))?\z")]
    private static partial Regex Pattern();
}
