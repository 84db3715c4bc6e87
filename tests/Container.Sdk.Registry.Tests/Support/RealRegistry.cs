using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Container.Sdk.Registry.Tests;

/// <summary>A docker-registry of its own, in a folder of its own, with the configuration that a test wants.</summary>
internal sealed class RealRegistry : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private RealRegistry(Process process, string folder, int port) => (_process, _folder, Port) = (process, folder, port);

    public int Port { get; }

    public RegistryHost Host => RegistryHost.Parse($"127.0.0.1:{Port}");

    /// <summary>The registry that runs beside the tests.</summary>
    public static RegistryHost Shared =>
        Environment.GetEnvironmentVariable("CSDK_TEST_REGISTRY") is { Length: > 0 } host ? RegistryHost.Parse(host) : throw Missing();

    /// <summary>Starts a registry.</summary>
    /// <param name="configure">Writes files into its folder, and gives the lines of its configuration about access.</param>
    public static async Task<RealRegistry> StartAsync(Func<string, string> configure)
    {
        var tools = Environment.GetEnvironmentVariable("CSDK_TEST_TOOLS") is { Length: > 0 } t ? t : throw Missing();
        var folder = Directory.CreateTempSubdirectory("csdk-registry").FullName;
        var port = FreePort();
        File.WriteAllText(Path.Combine(folder, "config.yml"), $"""
            version: 0.1
            log: {"{level: error}"}
            storage: {"{filesystem: {rootdirectory: "}{folder}/data{"}}"}
            http: {"{addr: '127.0.0.1:"}{port}{"', secret: test}"}
            {configure(folder)}
            """);
        var start = new ProcessStartInfo(Path.Combine(tools, "docker-registry")) { ArgumentList = { "serve", Path.Combine(folder, "config.yml") }, RedirectStandardError = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        var registry = new RealRegistry(process, folder, port);
        await registry.WaitAsync();
        return registry;
    }

    private async Task WaitAsync()
    {
        for (var i = 0; ; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (i < 100 && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static AssertInconclusiveException Missing() => new("no registry: run eng/testbed up");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
