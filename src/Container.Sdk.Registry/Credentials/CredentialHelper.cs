using System.Text.Json;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>A helper program of <c>docker login</c>: <c>docker-credential-NAME get</c>, the host on its input, JSON on its output.</summary>
internal sealed class CredentialHelper(string name, Func<string, string?> environment)
{
    // docker's own helpers end with this text, and a code other than 0, where they have nothing for the host.
    private const string NotFound = "credentials not found";

    /// <summary>Asks for the credentials of a host; <c>null</c> where the helper has none.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.CredentialHelperFailed"/></exception>
    public async Task<Credential?> GetAsync(RegistryHost host, CancellationToken cancellation)
    {
        var key = host == RegistryHost.DockerHub ? "https://index.docker.io/v1/" : host.Value;
        var (exitCode, output) = await HelperProcess.RunAsync(Locate(host), key, reason => Failed(host, reason), HelperProcess.Patience, cancellation).ConfigureAwait(false);
        if (exitCode != 0)
        {
            if (output.Contains(NotFound, StringComparison.OrdinalIgnoreCase)) return null;
            throw Failed(host, Explanation(exitCode, output));
        }
        try
        {
            var json = Json.ParseObject(System.Text.Encoding.UTF8.GetBytes(output));
            return json.GetString("Username") is { Length: > 0 } user && json.GetString("Secret") is { Length: > 0 } secret
                ? new Credential(user, secret, $"docker-credential-{name}")
                : null;
        }
        catch (JsonException)
        {
            throw Failed(host, "its answer is not the JSON that was expected");
        }
    }

    // What looks like an answer may hold a secret and is not repeated.
    private static string Explanation(int exitCode, string output)
    {
        var text = output.Trim();
        return text.Length == 0 || text.Contains('{', StringComparison.Ordinal) || text.Contains('"', StringComparison.Ordinal)
            ? $"it ended with code {exitCode}"
            : $"it ended with code {exitCode} and says '{(text.Length > 200 ? text[..200] : text)}'";
    }

    // The folders of PATH alone: never the current one, where a cloned project could leave a program of that name.
    private string Locate(RegistryHost host)
    {
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-')) throw Failed(host, "this is no name of a program");
        var file = $"docker-credential-{name}{(OperatingSystem.IsWindows() ? ".exe" : "")}";
        foreach (var folder in (environment("PATH") ?? "").Split(Path.PathSeparator))
        {
            if (!Path.IsPathFullyQualified(folder)) continue;
            var path = Path.Combine(folder, file);
            if (File.Exists(path)) return path;
        }
        throw Failed(host, $"there is no {file} in the folders of PATH");
    }

    private ContainerException Failed(RegistryHost host, string reason) =>
        Diagnostics.CredentialHelperFailed.Error(name, host.Value, reason);
}
