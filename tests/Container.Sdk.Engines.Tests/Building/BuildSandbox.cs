
namespace Container.Sdk.Engines.Tests.Building;

/// <summary>A folder with a Dockerfile and its context, and the real engine.</summary>
internal sealed class BuildSandbox : IDisposable
{
    private static readonly Lazy<Task<string>> Base = new(PushBaseAsync);

    private readonly TestFolder _folder = new();

    public BuildSandbox()
    {
        Directory.CreateDirectory(_folder["context"]);
        Directory.CreateDirectory(_folder["temporary"]);
    }

    /// <summary>An image in the test registry with a shell and little else.</summary>
    public static Task<string> ShellAsync() => Base.Value;

    public static string Registry => Environment.GetEnvironmentVariable("CSDK_TEST_REGISTRY") is { Length: > 0 } registry
        ? registry
        : throw new AssertInconclusiveException("CSDK_TEST_REGISTRY is not set: eng/testbed up");

    public RecordingReporter Reporter { get; } = new();

    public string Folder => _folder.Path;

    public string Dockerfile => _folder["Dockerfile"];

    /// <summary>What the builder left where it keeps things for a while.</summary>
    public string[] Leftovers => Directory.GetFileSystemEntries(_folder["temporary"]);

    public EngineOptions Options(string engine = "docker") => new()
    {
        Preferred = engine,
        Environment = new Dictionary<string, string?> { ["PATH"] = $"{Environment.GetEnvironmentVariable("CSDK_TEST_TOOLS")}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}" },
        TemporaryFolder = _folder["temporary"],
    };

    public BuildSandbox Add(string name, string text)
    {
        File.WriteAllText(Path.Combine(_folder["context"], name), text);
        return this;
    }

    /// <summary>A build of this Dockerfile.</summary>
    public EngineBuild Build(string dockerfile)
    {
        File.WriteAllText(Dockerfile, dockerfile);
        return new EngineBuild { Dockerfile = Dockerfile, Context = _folder["context"], Platform = SampleImage.Amd64, Network = "host" };
    }

    public async Task<BuiltImage> RunAsync(EngineBuild build, EngineOptions? options = null, CancellationToken cancellation = default)
    {
        var builder = await ImageBuilder.FindAsync(options ?? Options(), cancellation);
        return await builder.BuildAsync(build, Reporter, cancellation);
    }

    public async Task<ContainerException> FailsAsync(EngineBuild build, EngineOptions? options = null)
    {
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => RunAsync(build, options));
        Assert.IsEmpty(Leftovers);
        return e;
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> PushBaseAsync()
    {
        var busybox = Path.Combine(Environment.GetEnvironmentVariable("CSDK_TEST_TOOLS") ?? "", "busybox");
        if (!File.Exists(busybox)) throw new AssertInconclusiveException("busybox is not in CSDK_TEST_TOOLS");
        using var context = new TestFolder();
        File.Copy(Path.GetFullPath(new FileInfo(busybox).ResolveLinkTarget(true)?.FullName ?? busybox), context["busybox"]);
        await File.WriteAllTextAsync(context["Dockerfile"], """
            FROM scratch
            COPY busybox /bin/busybox
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            ENV PATH=/bin
            """);
        var name = $"{Registry}/csdk-test/shell:1";
        await RealTool.RunAsync("docker", "buildx", "build", "--network", "host", "--tag", name, context.Path);
        await RealTool.RunAsync("docker", "push", "--quiet", name);
        return name;
    }
}
