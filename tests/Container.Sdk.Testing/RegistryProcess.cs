using System.Diagnostics;
using System.Net.Sockets;

namespace Container.Sdk.Testing;

/// <summary>A docker-registry of a test's own, which wants a password.</summary>
public sealed class RegistryProcess : IDisposable
{
    /// <summary>Who may use a registry with passwords.</summary>
    public const string User = "bob";

    /// <summary>The password, which no log may ever show.</summary>
    public const string Password = "s3cret-canary";

    private const string PasswordFile = $"{User}:$2b$04$abcdefghijklmnopqrstuuMW7rijBXKQMxQs6A55XYLyzdzLF4c5S\n";

    private readonly Process _process;
    private readonly string _folder;

    private RegistryProcess(Process process, string folder, int port) => (_process, _folder, Port) = (process, folder, port);

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>Host and port.</summary>
    public string Host => $"127.0.0.1:{Port}";

    /// <summary>Names of what is under a repository's name: its tags, in order; none where there is no such repository.</summary>
    public IReadOnlyList<string> Tags(string repository)
    {
        var tags = Path.Combine(_folder, "data", "docker", "registry", "v2", "repositories", repository, "_manifests", "tags");
        return Directory.Exists(tags) ? [.. Directory.EnumerateDirectories(tags).Select(t => Path.GetFileName(t)!).Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>Starts a registry that lets only <see cref="User"/> in.</summary>
    public static RegistryProcess Start()
    {
        var program = Testbed.ToolPath("docker-registry");
        var folder = Directory.CreateTempSubdirectory("csdk-registry-").FullName;
        var port = RecordingProxy.FreePort();
        File.WriteAllText(Path.Combine(folder, "passwords"), PasswordFile);
        File.WriteAllText(Path.Combine(folder, "config.yml"), $$$"""
            version: 0.1
            log: {level: error}
            storage: {filesystem: {rootdirectory: {{{folder}}}/data}}
            http: {addr: '127.0.0.1:{{{port}}}', secret: test}
            auth: {htpasswd: {realm: test, path: {{{folder}}}/passwords}}
            """);
        var process = Process.Start(new ProcessStartInfo(program, ["serve", Path.Combine(folder, "config.yml")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var registry = new RegistryProcess(process, folder, port);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        registry.Wait();
        return registry;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Wait()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", Port);
                return;
            }
            catch (SocketException) when (attempt < 200 && !_process.HasExited)
            {
                Thread.Sleep(50);
            }
        }
    }
}
