using System.Text;

namespace Container.Sdk.Engines.Tests.Building;

/// <summary>Another engine, reached as one on another machine would be; and a user whose configuration knows it.</summary>
internal sealed class SecondEngine : IDisposable
{
    private readonly TestFolder _configuration = new();

    public SecondEngine()
    {
        Host = Environment.GetEnvironmentVariable("CSDK_TEST_SECOND_ENGINE") is { Length: > 0 } host
            ? host
            : throw new AssertInconclusiveException("CSDK_TEST_SECOND_ENGINE is not set: eng/testbed up");
        var plugins = Path.Combine(Environment.GetEnvironmentVariable("DOCKER_CONFIG")!, "cli-plugins");
        Directory.CreateSymbolicLink(_configuration["cli-plugins"], plugins);
    }

    /// <summary>Its address.</summary>
    public string Host { get; }

    /// <summary>The folder of the user's configuration.</summary>
    public string Configuration => _configuration.Path;

    /// <summary>The same options, for a user who has this configuration.</summary>
    public EngineOptions For(EngineOptions options) =>
        options with { Environment = new Dictionary<string, string?>(options.Environment) { ["DOCKER_CONFIG"] = _configuration.Path } };

    /// <summary>Adds a context for it to the user's configuration.</summary>
    public async Task AddContextAsync(string name) =>
        await RealTool.RunAsync("docker", "--config", _configuration.Path, "context", "create", name, "--docker", $"host={Host}");

    /// <summary>Adds a builder to the user's configuration.</summary>
    public async Task AddBuilderAsync(string name, string address) =>
        await RealTool.RunAsync("docker", "--config", _configuration.Path, "buildx", "create", "--name", name, "--driver", "remote", address);

    /// <summary>The names of its images.</summary>
    public async Task<string> ImagesAsync() =>
        Encoding.UTF8.GetString(await RealTool.RunAsync("docker", "--host", Host, "images", "--format", "{{.Repository}}:{{.Tag}}"));

    public void Dispose() => _configuration.Dispose();
}
