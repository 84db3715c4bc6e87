using System.Text;
using System.Text.Json;

namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class ImagePlanFileTests
{
    private static readonly ImagePlan Full = new()
    {
        Name = "Orders.Api",
        Base = "oci:/srv/images:base:1",
        Platform = new Platform("linux", "arm", "v7"),
        Format = ImageFormat.Docker,
        Created = "1980-01-01T00:00:00Z",
        Settings = new ContainerSettings
        {
            Entrypoint = ["/bin/tini"],
            EntrypointArgs = ["--", ""],
            AppCommand = ["dotnet", "/app/x y.dll"],
            AppCommandArgs = ["a;b"],
            DefaultArgs = ["\"quoted\"", "it's"],
            AppCommandInstruction = AppCommandInstruction.DefaultArgs,
            Environment = [new("URLS", "http://+:9000;https://+:9001"), new("CONNECTION", "Server=db:5432;User=\"a\"\n\tb\\c"), new("EMPTY", ""), new("URLS", "twice")],
            Labels = [new("description", "with: colon, ; semicolon,\nnew line, <é> 😀")],
            Ports = ["8080/tcp"],
            Volumes = ["/data"],
            User = "1654:1654",
            WorkingDirectory = "/srv/app",
            LabelBaseDigest = false,
        },
        RequiresSharedLayers = true,
        IsVersion = true,
        Layers =
        [
            new PlannedLayer("library L 1.0.0", OriginKind.Library, ["library L 1.0.0"], [new PlannedFile("/src/l.dll", "app/l.dll", (UnixFileMode)0x1A4)])
            {
                Library = new LibraryLayer(
                    ImageReference.Parse($"registry.example.com/libs/l:1.0.0@sha256:{new string('1', 64)}", "/"),
                    new Descriptor(MediaTypes.OciLayerGzip, Digest.Parse($"sha256:{new string('2', 64)}"), 42), Digest.Parse($"sha256:{new string('3', 64)}"), "of another framework"),
            },
            new PlannedLayer("library M 1.0.0", OriginKind.Library, ["library M 1.0.0"], []) { NotShared = "it is not known" },
            new PlannedLayer("project P", OriginKind.Project, ["project P"], []) { ThinImage = RepositoryName.Parse("team/p") },
            new PlannedLayer("package A 1", OriginKind.Package, ["package A 1"], [new PlannedFile("/src/a;b.dll", "app/a;b.dll", (UnixFileMode)0x1A4)]),
            new PlannedLayer("application", OriginKind.App, ["application"], [new PlannedFile("/src/x", "app/x", (UnixFileMode)0x1ED), new PlannedFile("/src/l", "app/l", (UnixFileMode)0x1FF, "x")]),
        ],
    };

    private static readonly ImagePlan Least = new() { Name = "x", Base = "scratch", Platform = new Platform("linux", "amd64"), Created = "1980-01-01T00:00:00Z", Settings = new ContainerSettings(), Layers = [] };

    [TestMethod]
    public void A_plan_reads_back_as_it_was_with_any_characters() => ReadsBack(Full);

    [TestMethod]
    public void A_plan_of_little_reads_back_as_it_was() => ReadsBack(Least);

    [TestMethod]
    [DataRow(null, "1.2")]
    [DataRow("v8", null)]
    public void The_platform_reads_back_with_all_its_parts(string? variant, string? version)
    {
        var platform = new Platform("windows", "arm64", variant, version);
        Assert.AreEqual(platform, Read(ImagePlanFile.Write(Least with { Platform = platform })).Platform);
    }

    [TestMethod]
    public void What_was_not_set_is_not_set_after_reading()
    {
        var read = Read(ImagePlanFile.Write(Least));
        Assert.IsNull(read.Format);
        Assert.IsNull(read.Settings.User);
        Assert.IsNull(read.Settings.AppCommandInstruction);
        Assert.IsTrue(read.Settings.LabelBaseDigest);
    }

    [TestMethod]
    public void Modes_are_written_as_people_write_them()
    {
        var text = ImagePlanFile.Write(Full);
        Assert.Contains("\"mode\": \"644\"", text);
        Assert.Contains("\"mode\": \"755\"", text);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("\"version\": 1", "\"version\": 2")]
    [DataRow("\"version\": 1", "\"version\": \"1\"")]
    [DataRow("\"name\": \"Orders.Api\"", "\"name\": null")]
    [DataRow("\"os\": \"linux\"", "\"os\": 5")]
    [DataRow("\"format\": \"Docker\"", "\"format\": \"Zip\"")]
    [DataRow("\"kind\": \"App\"", "\"kind\": \"Thing\"")]
    [DataRow("\"mode\": \"755\"", "\"mode\": \"99\"")]
    [DataRow("\"platform\": {", "\"was\": {")]
    [DataRow("\"settings\": {", "\"was\": {")]
    [DataRow("\"layers\": [", "\"was\": [")]
    public void What_is_no_plan_of_this_version_is_refused(string old, string? changed = null)
    {
        var text = changed is null ? old : ImagePlanFile.Write(Full).Replace(old, changed, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => Read(text));
    }

    private static void ReadsBack(ImagePlan plan)
    {
        var text = ImagePlanFile.Write(plan);
        var read = Read(text);
        Assert.AreEqual(text, ImagePlanFile.Write(read));
        var (expected, actual) = (plan.Settings, read.Settings);
        CollectionAssert.AreEqual(expected.Environment.ToArray(), actual.Environment.ToArray());
        CollectionAssert.AreEqual(expected.Labels.ToArray(), actual.Labels.ToArray());
        CollectionAssert.AreEqual(expected.AppCommand.ToArray(), actual.AppCommand.ToArray());
        CollectionAssert.AreEqual(expected.AppCommandArgs.ToArray(), actual.AppCommandArgs.ToArray());
        CollectionAssert.AreEqual(expected.DefaultArgs.ToArray(), actual.DefaultArgs.ToArray());
        CollectionAssert.AreEqual(expected.Entrypoint.ToArray(), actual.Entrypoint.ToArray());
        CollectionAssert.AreEqual(expected.EntrypointArgs.ToArray(), actual.EntrypointArgs.ToArray());
        CollectionAssert.AreEqual(expected.Ports.ToArray(), actual.Ports.ToArray());
        CollectionAssert.AreEqual(expected.Volumes.ToArray(), actual.Volumes.ToArray());
        Assert.AreEqual(
            (plan.Name, plan.Base, plan.Platform, plan.Format, plan.Created, expected.User, expected.WorkingDirectory, expected.LabelBaseDigest, expected.AppCommandInstruction),
            (read.Name, read.Base, read.Platform, read.Format, read.Created, actual.User, actual.WorkingDirectory, actual.LabelBaseDigest, actual.AppCommandInstruction));
        CollectionAssert.AreEqual(plan.Layers.SelectMany(l => l.Files).ToArray(), read.Layers.SelectMany(l => l.Files).ToArray());
        CollectionAssert.AreEqual(plan.Layers.Select(l => (l.Name, l.Kind, l.CreatedBy)).ToArray(), read.Layers.Select(l => (l.Name, l.Kind, l.CreatedBy)).ToArray());
    }

    private static ImagePlan Read(string text) => ImagePlanFile.Read(Encoding.UTF8.GetBytes(text));
}
