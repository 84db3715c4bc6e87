using System.Text;

namespace Container.Sdk.Engines.Tests;

[TestClass]
public sealed class RealEngineTests
{
    private readonly RepositoryName _repository = RepositoryName.Parse($"csdk-test/{Guid.NewGuid():n}");
    private readonly List<string> _untagged = [];
    private bool _answers;

    [TestInitialize]
    public async Task An_engine_is_needed()
    {
        await RealTool.RunAsync("docker", "version");
        _answers = true;
    }

    [TestCleanup]
    public async Task Remove()
    {
        if (!_answers) return;
        var ids = Encoding.UTF8.GetString(await RealTool.RunAsync("docker", "images", "--quiet", "--no-trunc", _repository.Value)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct();
        foreach (var id in ids.Concat(_untagged)) await RealTool.RunAsync("docker", "rmi", "--force", id);
    }

    [TestMethod]
    [DataRow(ImageFormat.Oci)]
    [DataRow(ImageFormat.Docker)]
    public async Task An_image_is_loaded_under_all_of_its_tags_and_the_second_time_not_at_all(ImageFormat format)
    {
        var image = SampleImage.Create(format, _repository.Value);
        Expect.Sequence((await To().DeliverAsync(image, new SilentReporter(), CancellationToken.None)).Layers, Transfer.Sent, Transfer.Sent);
        foreach (var tag in SampleImage.Tags)
        {
            var layers = Encoding.UTF8.GetString(await RealTool.RunAsync("docker", "image", "inspect", "--format", "{{join .RootFS.Layers \" \"}}", $"{_repository}:{tag}")).Trim();
            Assert.AreEqual(string.Join(' ', image.Layers.Select(l => l.DiffId)), layers);
        }
        Expect.Sequence((await To().DeliverAsync(image, new SilentReporter(), CancellationToken.None)).Layers, Transfer.Reused, Transfer.Reused);
    }

    [TestMethod]
    public async Task A_tag_moves_to_the_new_image()
    {
        await To().DeliverAsync(SampleImage.Create(seed: $"{_repository} before"), new SilentReporter(), CancellationToken.None);
        _untagged.Add(await LatestAsync());
        var after = SampleImage.Create(seed: $"{_repository} after");
        await To().DeliverAsync(after, new SilentReporter(), CancellationToken.None);
        var id = await LatestAsync();
        Assert.Contains(id, new[] { after.Manifest.Config.Digest.ToString(), after.Descriptor.Digest.ToString() });
    }

    [TestMethod]
    public async Task An_image_that_was_loaded_is_read_back()
    {
        var image = SampleImage.Create(seed: _repository.Value);
        await To().DeliverAsync(image, new SilentReporter(), CancellationToken.None);
        using var source = new EngineImageSource(new DaemonReference($"{_repository}:1.0"), Options);
        var read = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);
        CollectionAssert.AreEqual(image.ConfigurationBytes, read.ConfigurationBytes);
        Expect.Sequence(read.Layers.Select(l => l.DiffId), [.. image.Layers.Select(l => l.DiffId)]);
        foreach (var layer in read.Layers) await SampleImage.ReadAsync(layer);
    }

    [TestMethod]
    public async Task An_image_that_is_not_there_is_named()
    {
        using var source = new EngineImageSource(new DaemonReference($"{_repository}:none"), Options);
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => source.ResolveAsync(SampleImage.Amd64, CancellationToken.None));
        Assert.AreEqual(Diagnostics.ImageNotFound, e.Diagnostic);
    }

    [TestMethod]
    public async Task A_program_in_a_loaded_image_runs()
    {
        // The engine's own init: a program without libraries.
        var init = Path.Combine(Environment.GetEnvironmentVariable("CSDK_TEST_TOOLS")!, "docker-init");
        if (!File.Exists(init)) Assert.Inconclusive("docker-init is not in CSDK_TEST_TOOLS");
        var image = SampleImage.FromLayers(ImageFormat.Oci, SampleImage.Amd64, [Program("init", await File.ReadAllBytesAsync(init))]);
        await To().DeliverAsync(image, new SilentReporter(), CancellationToken.None);
        var output = Encoding.UTF8.GetString(await RealTool.RunAsync("docker", "run", "--rm", "--network", "host", $"{_repository}:1.0", "/init", "--version"));
        Assert.Contains("tini version", output);
    }

    private static EngineOptions Options => new()
    {
        Preferred = "docker",
        Environment = new Dictionary<string, string?> { ["PATH"] = $"{Environment.GetEnvironmentVariable("CSDK_TEST_TOOLS")}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}" },
    };

    private async Task<string> LatestAsync() =>
        Encoding.UTF8.GetString(await RealTool.RunAsync("docker", "image", "inspect", "--format", "{{.Id}}", $"{_repository}:latest")).Trim();

    private EngineImageDestination To() => new(Options, _repository, SampleImage.Tags);

    private static byte[] Program(string name, byte[] content)
    {
        using var tar = new MemoryStream();
        new TarHeader(name, TarEntryKind.File, content.Length, 0b111_101_101).WriteTo(tar);
        tar.Write(content);
        tar.Write(new byte[TarHeader.Padding(content.Length) + 1024]);
        return tar.ToArray();
    }
}
