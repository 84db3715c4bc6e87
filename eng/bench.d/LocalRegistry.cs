using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Container.Sdk.Bench;

/// <summary>
/// The testbed's registry program with a storage of its own, and the base image in it: it starts with nothing else, and all
/// that is sent goes away with it.
/// </summary>
internal sealed class LocalRegistry : IDisposable
{
    public const string BaseImage = "dotnet/runtime:10.0", WebBase = "dotnet/aspnet:10.0";

    private readonly Process _process;
    private readonly string _folder;
    private readonly HashSet<string> _baseBlobs;
    private readonly long _base;

    public LocalRegistry(string folder, string tools, string bases)
    {
        _folder = folder;
        Port = FreePort();
        var configuration = Path.Combine(folder, "registry.yml");
        File.WriteAllText(configuration, $$"""
            version: 0.1
            log: { level: error, accesslog: { disabled: true } }
            storage: { delete: { enabled: true }, cache: {}, filesystem: { rootdirectory: {{folder}}/registry } }
            http: { addr: "127.0.0.1:{{Port}}", secret: bench }
            """);
        _process = Process.Start(new ProcessStartInfo(Path.Combine(tools, "docker-registry"), ["serve", configuration]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        WaitUntilItAnswers();
        foreach (var image in (string[])[BaseImage, WebBase])
            World.Run(Path.Combine(tools, "skopeo"), ["copy", "--quiet", "--dest-tls-verify=false", $"oci:{bases}:{image}", $"docker://127.0.0.1:{Port}/{image}"], folder);
        _baseBlobs = [.. Blobs.Select(b => b.FullName)];
        _base = Blobs.Sum(f => f.Length);
    }

    public int Port { get; }

    /// <summary>Bytes of all blobs but the base's.</summary>
    public long Size => Blobs.Sum(f => f.Length) - _base;

    /// <summary>Forgets all but the base.</summary>
    public void Clear()
    {
        foreach (var repository in new DirectoryInfo(Path.Combine(_folder, "registry", "docker", "registry", "v2", "repositories")).GetDirectories().Where(d => d.Name != "dotnet")) repository.Delete(recursive: true);
        foreach (var blob in Blobs.Where(b => !_baseBlobs.Contains(b.FullName)).ToList()) blob.Directory!.Delete(recursive: true);
    }

    private IEnumerable<FileInfo> Blobs => new DirectoryInfo(Path.Combine(_folder, "registry", "docker", "registry", "v2", "blobs")).EnumerateFiles("data", SearchOption.AllDirectories);

    private void WaitUntilItAnswers()
    {
        for (var i = 0; i < 200 && !_process.HasExited; i++)
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", Port);
                return;
            }
            catch (SocketException)
            {
                Thread.Sleep(50);
            }
        }
        throw new BenchException("The registry did not start.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
