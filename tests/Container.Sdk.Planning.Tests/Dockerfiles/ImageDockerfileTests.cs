using System.Collections.Immutable;
using System.Text;

namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class ImageDockerfileTests
{
    private static readonly ImageConfiguration Base = ImageConfiguration.Parse(Encoding.UTF8.GetBytes("""
        {"os":"linux","architecture":"amd64","config":{"Env":["PATH=/bin","APP_UID=1654"],"Labels":{"kept":"1","changed":"1"},"Cmd":["bash"],"ExposedPorts":{"80/tcp":{}}}}
        """), "base");

    [TestMethod]
    public void A_layer_is_copied_from_its_folder_and_a_library_from_its_image()
    {
        var text = Write(Plan(new ContainerSettings(), Layer("package A 1.0.0"), Layer("library Acme.B 2.0.0")), null, new StageSource("r.example/libs/acme.b:2.0.0", "library-acme.b", "acme.b"));
        StringAssert.Contains(text, "# package A 1.0.0\nCOPY --link files/01-package-a-1.0.0.*/ /\n");
        StringAssert.Contains(text, "FROM r.example/libs/acme.b:2.0.0 AS library-acme.b\n");
        StringAssert.Contains(text, "# library Acme.B 2.0.0\nCOPY --link --from=library-acme.b /app/ /app/\n");
    }

    [TestMethod]
    public void The_configuration_says_only_what_is_other_than_the_bases()
    {
        var text = Write(Plan(new ContainerSettings
        {
            Environment = [new("PATH", "/bin"), new("NEW", "1")],
            Labels = [new("kept", "1"), new("changed", "2")],
            Ports = ["80/tcp", "81/udp"],
            AppCommand = ["dotnet", "/app/a.dll"],
        }));
        var instructions = text.Split('\n').SkipWhile(l => l != "FROM base AS final").Skip(1).Where(l => l.Length > 0 && l[0] != '#');
        CollectionAssert.AreEqual(
            (string[])["ENV NEW=\"1\"", "LABEL \"changed\"=\"2\"", "EXPOSE 81/udp", "WORKDIR /app", "USER 1654", "ENTRYPOINT [\"dotnet\", \"/app/a.dll\"]"],
            instructions.ToArray());
    }

    [TestMethod]
    public void Nothing_commands_the_parser_before_the_first_instruction()
    {
        var text = Write(Plan(new ContainerSettings()) with { Name = "syntax=evil/frontend" });
        Assert.IsTrue(text.Split('\n').TakeWhile(l => !l.StartsWith("FROM", StringComparison.Ordinal)).All(l => l.Length == 0 || !l.Contains("# syntax", StringComparison.OrdinalIgnoreCase)), text);
    }

    [TestMethod]
    public void The_same_plan_gives_the_same_text() =>
        Assert.AreEqual(Write(Plan(new ContainerSettings(), Layer("package A 1.0.0"))), Write(Plan(new ContainerSettings(), Layer("package A 1.0.0"))));

    private static string Write(ImagePlan plan, params StageSource?[] libraries) => ImageDockerfile.Write(
        plan, new StageSource("r.example/runtime:10.0", "base", "runtime"), [.. libraries.Concat(Enumerable.Repeat<StageSource?>(null, plan.Layers.Length)).Take(plan.Layers.Length)],
        ConfigurationRules.Apply(plan, Base, null, new SilentReporter()), Base);

    private static ImagePlan Plan(ContainerSettings settings, params PlannedLayer[] layers) => new()
    {
        Name = "App", Base = ImageReference.Parse("x", "/"), Platform = new Platform("linux", "amd64"), Settings = settings, Created = "1980-01-01T00:00:00Z", Content = new PlannedFiles([.. layers]),
    };

    private static PlannedLayer Layer(string name) => new(name, OriginKind.Package, [], []);
}
