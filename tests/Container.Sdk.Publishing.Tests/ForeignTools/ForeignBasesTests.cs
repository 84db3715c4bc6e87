namespace Container.Sdk.Publishing.Tests;

/// <summary>Bases that other tools wrote, and those that a real registry or engine has or has not.</summary>
[TestClass]
public sealed class ForeignBasesTests : IDisposable
{
    private static readonly MadeImage Base = MadeImage.Of("""{"Env": ["FROM_BASE=yes"]}""");

    private readonly TestApp _app = new();

    private string Folder => _app.PathOf("bases");

    [TestMethod]
    [DataRow("oci-archive")]
    [DataRow("docker-archive")]
    public Task A_base_can_be_an_archive_that_skopeo_wrote(string notation) => IsOn($"{notation}:{Archive(notation)}");

    [TestMethod]
    public Task A_base_can_be_what_docker_saved()
    {
        using var engine = Loaded();
        Testbed.Docker("save", "-o", _app.PathOf("saved.tar"), $"{engine.Name}:latest").Succeeded();
        return IsOn($"docker-archive:{_app.PathOf("saved.tar")}");
    }

    [TestMethod]
    public async Task A_base_can_be_in_the_engines_own_store()
    {
        using var engine = Loaded();
        await IsOn($"docker-daemon:{engine.Name}:latest");
    }

    [TestMethod]
    [DataRow("oci-archive")]
    [DataRow("docker-archive")]
    public Task An_archive_that_is_cut_off_is_refused(string notation)
    {
        var archive = Archive(notation);
        var bytes = File.ReadAllBytes(archive);
        File.WriteAllBytes(archive, bytes[..(bytes.Length / 3)]);
        return Refused("CSDK4004", $"{notation}:{archive}");
    }

    [TestMethod]
    [DataRow("nothing:1.0")]
    [DataRow("dotnet/runtime:0.1")]
    [DataRow("dotnet/runtime@sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    public Task An_image_that_the_registry_does_not_have_is_refused(string name) => Refused("CSDK3004", $"{Testbed.Registry}/{name}");

    [TestMethod]
    public Task Something_in_a_registry_that_is_no_image_is_refused()
    {
        var name = $"{Testbed.Registry}/artifacts/{Guid.NewGuid():N}:1.0";
        var note = _app.Write("note.txt", "no image"u8.ToArray());
        Testbed.Tool("oras", "push", "--plain-http", "--disable-path-validation", "--artifact-type", "application/x.note", name, $"{note}:text/plain").Succeeded();
        return Refused("CSDK4003", name);
    }

    [TestMethod]
    public Task An_image_that_the_engine_does_not_have_is_refused()
    {
        Testbed.Docker("version").Succeeded();
        return Refused("CSDK3004", "docker-daemon:nobody/has:this");
    }

    public void Dispose() => _app.Dispose();

    private string Archive(string notation, string name = "base:1.0")
    {
        var file = _app.PathOf("base.tar");
        Testbed.Tool("skopeo", "copy", Base.ToFolder(Folder, "base:1.0"), $"{notation}:{file}:{name}").Succeeded();
        return file;
    }

    private EngineRepository Loaded()
    {
        var engine = new EngineRepository();
        Testbed.Docker("load", "-i", Archive("docker-archive", $"{engine.Name}:latest")).Succeeded();
        return engine;
    }

    private Task<ContainerException> Refused(string code, string reference) => _app.With("ContainerBaseImage", reference).RefusedAsync(code);

    private async Task IsOn(string reference)
    {
        var image = await _app.With("ContainerBaseImage", reference).ImageAsync();
        Assert.HasCount(2, image.Layers);
        Assert.AreEqual(Base.DiffIds[0], image.Layers[0].DiffId.ToString());
        Assert.Contains(KeyValuePair.Create("FROM_BASE", "yes"), image.Configuration.Environment);
    }
}
