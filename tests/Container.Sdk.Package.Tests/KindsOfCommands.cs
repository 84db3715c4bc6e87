namespace Container.Sdk.Package.Tests;

/// <summary>The ways to ask for an image.</summary>
[TestClass]
public sealed class KindsOfCommands
{
    [TestMethod]
    public void Publishing_after_a_build_gives_the_same_image_as_one_command()
    {
        using var once = new Sandbox().Console("app");
        once.Publish("app").Succeeded();
        using var twice = new Sandbox().Console("app");
        twice.Dotnet("app", "build", "-c", "Release").Succeeded();
        twice.Publish("app", "--no-build").Succeeded();
        Assert.AreEqual((string)once.Result("app")["digest"]!, (string)twice.Result("app")["digest"]!);
    }

    [TestMethod]
    public void Another_publish_folder_gives_the_same_image()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt().Succeeded();
        var first = (string)sandbox.Result("app")["digest"]!;
        Directory.Delete(sandbox.PathOf("app/bin/Release/net10.0/publish"), recursive: true);
        sandbox.PublishBuilt("-o", sandbox.PathOf("out")).Succeeded();
        Assert.IsTrue(File.Exists(sandbox.PathOf("out/app.dll")));
        Assert.AreEqual(first, (string)sandbox.Result("app")["digest"]!);
    }

    [TestMethod]
    public void Building_the_target_publishes_what_the_sources_say_now()
    {
        using var sandbox = new Sandbox().Console("app", says: "The first text");
        Build();
        Assert.IsTrue(LayoutImages.Read(sandbox.Registry, "app:latest").Says("app/app.dll", "The first text"));
        sandbox.Console("app", says: "The second text");
        Build();
        Assert.IsTrue(LayoutImages.Read(sandbox.Registry, "app:latest").Says("app/app.dll", "The second text"));

        void Build() => sandbox.Dotnet("app", "build", "-t:PublishContainer", $"-p:ContainerRegistry=oci:{sandbox.Registry}", "-p:ContainerBaseImage=scratch").SucceededQuietly();
    }

    [TestMethod]
    [DataRow("PublishSingleFile")]
    [DataRow("PublishSelfContained")]
    [DataRow("PublishTrimmed")]
    [DataRow("PublishReadyToRun")]
    public void Building_the_target_is_refused_where_only_a_publish_would_heed_a_property(string property)
    {
        using var sandbox = new Sandbox().Console("app", $"<PropertyGroup><RuntimeIdentifier>linux-x64</RuntimeIdentifier><{property}>true</{property}></PropertyGroup>");
        sandbox.Dotnet("app", "build", "-t:PublishContainer", $"-p:ContainerRegistry=oci:{sandbox.Registry}", "-p:ContainerBaseImage=scratch").RefusedWith("CSDK1015");
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }

    [TestMethod]
    public void The_target_makes_an_image_where_no_strategy_is_set()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        Expect.Sequence(sandbox.BuiltImage("-p:ContainerStrategy=", "-t:PublishContainer").LayerNames(), "application");
    }

    [TestMethod]
    public void Without_a_strategy_a_publish_makes_no_image()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt("-p:ContainerStrategy=").SucceededQuietly();
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
        Assert.IsTrue(File.Exists(sandbox.PathOf("app/bin/Release/net10.0/publish/app.dll")));
    }

    [TestMethod]
    public void A_strategy_and_the_target_together_make_one_image()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        var output = sandbox.PublishBuilt("-t:PublishContainer").SucceededQuietly().Output;
        Assert.HasCount(2, output.Split("app -> oci:"), output);
    }

    [TestMethod]
    public void A_plain_publish_makes_no_image_where_the_project_says_so()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt("-p:ContainerPublish=false").SucceededQuietly();
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
        sandbox.PublishBuilt("-p:ContainerPublish=false", "-t:PublishContainer").SucceededQuietly();
        LayoutImages.Read(sandbox.Registry, "app:latest");
    }

    [TestMethod]
    [DataRow("<OutputType>Library</OutputType>")]
    [DataRow("<IsTestProject>true</IsTestProject>")]
    [DataRow("<IsPublishable>false</IsPublishable>")]
    [DataRow("<EnableSdkContainerSupport>false</EnableSdkContainerSupport>")]
    public void The_target_is_refused_by_a_project_that_makes_no_image(string property)
    {
        using var sandbox = new Sandbox().Console("app", $"<PropertyGroup>{property}</PropertyGroup>").Write("app/Program.cs", "internal static class Program { private static void Main() { } }");
        sandbox.Publish("app", "-t:PublishContainer", "-p:ContainerBaseImage=scratch").RefusedWith("CSDK1014");
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }

    [TestMethod]
    [DataRow("<OutputType>Library</OutputType>")]
    [DataRow("<IsTestProject>true</IsTestProject>")]
    [DataRow("<IsPublishable>false</IsPublishable>")]
    [DataRow("<EnableSdkContainerSupport>false</EnableSdkContainerSupport>")]
    public void A_plain_publish_of_a_project_that_makes_no_image_makes_none_silently(string property)
    {
        using var sandbox = new Sandbox().Console("app", $"<PropertyGroup>{property}</PropertyGroup>").Write("app/Program.cs", "internal static class Program { private static void Main() { } }");
        sandbox.Publish("app", "-p:ContainerBaseImage=scratch").SucceededQuietly();
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }

    [TestMethod]
    public void The_name_of_a_strategy_may_be_written_in_any_case()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        Expect.Sequence(sandbox.BuiltImage("-p:ContainerStrategy=layered").LayerNames(), "application");
    }

    [TestMethod]
    [DataRow("ContainerStrategy=Sideways", "CSDK1007")]
    [DataRow("ContainerImageKind=Sculpture", "CSDK1007")]
    [DataRow("ContainerBackend=Kitchen", "CSDK1007")]
    [DataRow("ContainerStrategy=MultiStage;ContainerBackend=BuiltIn", "CSDK1008")]
    [DataRow("ContainerStrategy=BuilderPattern;ContainerBackend=Dockerfile", "CSDK1008")]
    public void What_is_unknown_or_does_not_go_together_is_refused_before_anything_is_made(string properties, string code)
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt($"-p:{properties}").RefusedWith(code);
        Assert.AreEqual(code, (string?)sandbox.Failure()["code"]);
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
        Assert.IsFalse(Directory.Exists(sandbox.PathOf("app/obj/Release/net10.0/container/image")));
    }
}
