using System.Text;
using System.Text.Json;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing.Tests;

[TestClass]
public sealed class PlanDocumentTests
{
    private static readonly ImagePlan Full = new()
    {
        Name = "Orders.Api",
        Base = ImageReference.Parse("oci:/srv/images:base:1", "/"),
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
        Version = new PlannedVersion("Acme.Pricing", "/src/acme.pricing.1.0.0.nupkg"),
        Steps = [new PackagesStep(["curl", "tzdata"], 0, StepStage.Final), new RunStep("echo \"a\"", 200, StepStage.Build)],
        Content = new PlannedFiles(
        [
            new PlannedLayer("library L 1.0.0", OriginKind.Library, [new FileOrigin(OriginKind.Library, "L", "1.0.0")], [new PlannedFile("/src/l.dll", "app/l.dll", (UnixFileMode)0x1A4)])
            {
                Library = new LibraryLayer(
                    ImageReference.Parse($"registry.example.com/libs/l:1.0.0@sha256:{new string('1', 64)}", "/"),
                    new Descriptor(MediaTypes.OciLayerGzip, Digest.Parse($"sha256:{new string('2', 64)}"), 42), Digest.Parse($"sha256:{new string('3', 64)}"), "of another framework"),
            },
            new PlannedLayer("library M 1.0.0", OriginKind.Library, [new FileOrigin(OriginKind.Library, "M", "1.0.0")], []) { NotShared = "it is not known" },
            new PlannedLayer("project P", OriginKind.Project, [new FileOrigin(OriginKind.Project, "P")], []) { ThinImage = RepositoryName.Parse("team/p") },
            new PlannedLayer("package A 1", OriginKind.Package, [new FileOrigin(OriginKind.Package, "A", "1")], [new PlannedFile("/src/a;b.dll", "app/a;b.dll", (UnixFileMode)0x1A4)]),
            new PlannedLayer("application", OriginKind.App, [FileOrigin.App], [new PlannedFile("/src/x", "app/x", (UnixFileMode)0x1ED), new PlannedFile("/src/l", "app/l", (UnixFileMode)0x1FF, "x")]),
        ]),
    };

    private static readonly ImagePlan Least = new() { Name = "x", Base = new ScratchReference(), Platform = new Platform("linux", "amd64"), Created = "1980-01-01T00:00:00Z", Settings = new ContainerSettings(), Content = new PlannedFiles([]) };

    [TestMethod]
    public void A_plan_reads_back_as_it_was_with_any_characters() => ReadsBack(Full);

    [TestMethod]
    public void A_plan_of_little_reads_back_as_it_was() => ReadsBack(Least);

    [TestMethod]
    public void A_plan_of_something_to_compile_reads_back_as_it_was()
    {
        var sources = new SourcePlan
        {
            Name = "Shop.Api",
            Root = "/repo",
            BuildImage = "r.example/dotnet/sdk:10.0",
            CrossCompiles = true,
            Framework = "net10.0",
            Projects =
            [
                new SourceProject("libs/Money/Money.csproj", []) { Framework = "net8.0", Outputs = ["libs/Money/out"] },
                new SourceProject("src/Api/Shop.Api.csproj", ["libs/Money/Money.csproj"]) { RestoreFiles = ["src/Api/packages.lock.json"], LinkedFiles = ["shared/Ids.cs"] },
            ],
            Properties = [new("Version", "1.0%3B2")],
            Shared = ["Directory.Build.props", "packages/"],
            CompilerFiles = [".editorconfig"],
            Feeds = [new FolderFeed("local", "/repo/packages", "/feeds/local")],
            Registries = ["r.example"],
            SecretConfigs = [new SecretConfig("nuget", "/home/nuget.config")],
        };
        var plan = Least with { Content = new PlannedCompilation(sources, [new PlannedLayer("files", OriginKind.File, [], [])]) };
        var text = PlanDocument.Write(plan);
        Assert.AreEqual(text, PlanDocument.Write(Read(text)));
        var read = ((PlannedCompilation)Read(text).Content).Sources;
        Assert.AreEqual((sources.Name, sources.CrossCompiles, sources.Framework), (read.Name, read.CrossCompiles, read.Framework));
        Expect.Sequence(read.Projects.SelectMany(p => p.LinkedFiles.Concat(p.RestoreFiles).Concat(p.Outputs).Concat(p.Uses)), "libs/Money/out", "shared/Ids.cs", "src/Api/packages.lock.json", "libs/Money/Money.csproj");
        Expect.Sequence(read.Properties, new KeyValuePair<string, string>("Version", "1.0%3B2"));
        Expect.Sequence(read.Feeds, sources.Feeds[0]);
        Expect.Sequence(read.SecretConfigs, sources.SecretConfigs[0]);
    }

    [TestMethod]
    [DataRow(null, "1.2")]
    [DataRow("v8", null)]
    public void The_platform_reads_back_with_all_its_parts(string? variant, string? version)
    {
        var platform = new Platform("windows", "arm64", variant, version);
        Assert.AreEqual(platform, Read(PlanDocument.Write(Least with { Platform = platform })).Platform);
    }

    [TestMethod]
    public void What_was_not_set_is_not_set_after_reading()
    {
        var read = Read(PlanDocument.Write(Least));
        Assert.IsNull(read.Format);
        Assert.IsNull(read.Settings.User);
        Assert.IsNull(read.Settings.AppCommandInstruction);
        Assert.IsTrue(read.Settings.LabelBaseDigest);
    }

    [TestMethod]
    public void Modes_are_written_as_people_write_them()
    {
        var text = PlanDocument.Write(Full);
        Assert.Contains("\"mode\": \"644\"", text);
        Assert.Contains("\"mode\": \"755\"", text);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("\"version\": 2", "\"version\": 1")]
    [DataRow("\"version\": 2", "\"version\": \"2\"")]
    [DataRow("\"name\": \"Orders.Api\"", "\"name\": null")]
    [DataRow("\"os\": \"linux\"", "\"os\": 5")]
    [DataRow("\"format\": \"Docker\"", "\"format\": \"Zip\"")]
    [DataRow("\"kind\": \"App\"", "\"kind\": \"Thing\"")]
    [DataRow("\"mode\": \"755\"", "\"mode\": \"99\"")]
    [DataRow("\"platform\": {", "\"was\": {")]
    [DataRow("\"settings\": {", "\"was\": {")]
    [DataRow("\"layers\": [", "\"was\": [")]
    [DataRow("\"created\": ", "\"unknown\": 1, \"created\": ")]
    [DataRow("\"mode\": \"644\"", "\"mode\": \"644\", \"unknown\": true")]
    public void What_is_no_plan_of_this_version_is_refused(string old, string? changed = null)
    {
        var text = changed is null ? old : PlanDocument.Write(Full).Replace(old, changed, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => Read(text));
    }

    private static void ReadsBack(ImagePlan plan)
    {
        var text = PlanDocument.Write(plan);
        var read = Read(text);
        Assert.AreEqual(text, PlanDocument.Write(read));
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

    private static ImagePlan Read(string text) => PlanDocument.Read(Encoding.UTF8.GetBytes(text));
}
