using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Container.Sdk.Oci;
using Container.Sdk.Processes;

namespace Container.Sdk.Registry;

/// <summary>A helper program of <c>docker login</c>: <c>docker-credential-NAME get</c>, the host on its input, JSON on its output.</summary>
internal sealed class CredentialHelper(string name, Func<string, string?> environment, TimeSpan? patience = null)
{
    private const int LargestOutput = 64 << 10;

    // Some show a dialogue, some call a cloud service.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // docker's own helpers end with this text, and a code other than 0, where they have nothing for the host.
    private const string NotFound = "credentials not found";

    /// <summary>Asks for the credentials of a host; <c>null</c> where the helper has none.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.CredentialHelperFailed"/></exception>
    public async Task<Credential?> GetAsync(RegistryHost host, CancellationToken cancellation)
    {
        var key = host == RegistryHost.DockerHub ? "https://index.docker.io/v1/" : host.Value;
        var (exitCode, output) = await RunAsync(host, key, cancellation).ConfigureAwait(false);
        if (exitCode != 0)
        {
            if (output.Contains(NotFound, StringComparison.OrdinalIgnoreCase)) return null;
            throw Failed(host, Explanation(exitCode, output));
        }
        try
        {
            var json = Json.ParseObject(Encoding.UTF8.GetBytes(output));
            return json.GetString("Username") is { Length: > 0 } user && json.GetString("Secret") is { Length: > 0 } secret
                ? new Credential(user, secret, $"docker-credential-{name}")
                : null;
        }
        catch (JsonException)
        {
            throw Failed(host, "its answer is not the JSON that was expected");
        }
    }

    private async Task<(int ExitCode, string Output)> RunAsync(RegistryHost host, string key, CancellationToken cancellation)
    {
        var program = Locate(host);
        var command = new ProgramCommand(program, ["get"])
        {
            WorkingDirectory = Path.GetDirectoryName(program)!,
            TimeLimit = patience ?? Patience,
            MostOutput = LargestOutput,
            StopsAtMost = true,
            Input = (stream, stop) => stream.WriteAsync(Encoding.UTF8.GetBytes(key + "\n"), stop).AsTask(),
        };
        try
        {
            var result = await ProgramRunner.RunAsync(command, cancellation).ConfigureAwait(false);
            return result.IsWhole ? (result.ExitCode, result.Output) : throw Failed(host, $"its answer has more than {LargestOutput} bytes");
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw Failed(host, $"it cannot be started ({e.Message})");
        }
        catch (TimeoutException)
        {
            throw Failed(host, $"it gave no answer within {(patience ?? Patience).TotalSeconds:0} seconds");
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
        var program = $"docker-credential-{name}";
        return ProgramSearch.Find(program, new Dictionary<string, string?> { ["PATH"] = environment("PATH") })
            ?? throw Failed(host, $"there is no {program} in the folders of PATH");
    }

    private ContainerException Failed(RegistryHost host, string reason) =>
        Diagnostics.CredentialHelperFailed.Error(name, host.Value, reason);
}
