namespace Container.Sdk.Package.Tests;

/// <summary>The rules of the in-box SDK for entrypoint and command.</summary>
[TestClass]
public sealed class ConfigurationOfCommands
{
    [TestMethod]
    public void Without_a_word_the_app_is_the_entrypoint() => Gives("", "dotnet /app/app.dll", "");

    [TestMethod]
    public void Default_arguments_are_the_command() =>
        Gives("<ContainerDefaultArgs Include=\"--port;80\" />", "dotnet /app/app.dll", "--port 80");

    [TestMethod]
    public void Arguments_of_the_app_belong_to_the_entrypoint() =>
        Gives("<ContainerAppCommand Include=\"/app/run\" /><ContainerAppCommandArgs Include=\"serve\" />", "/app/run serve", "");

    [TestMethod]
    public void Arguments_keep_their_spaces_and_quotes() =>
        Gives("<ContainerDefaultArgs Include=\"two words\" /><ContainerDefaultArgs Include=\"'a' &quot;b&quot; $HOME\" />", "dotnet /app/app.dll", "two words|'a' \"b\" $HOME", separator: "|");

    [TestMethod]
    public void The_same_argument_can_come_twice() =>
        Gives("<ContainerDefaultArgs Include=\"-v;-v\" />", "dotnet /app/app.dll", "-v -v");

    [TestMethod]
    public void An_entrypoint_of_ones_own_makes_the_app_the_command() =>
        Gives("<ContainerEntrypoint Include=\"/bin/tini;--\" />", "/bin/tini --", "dotnet /app/app.dll");

    [TestMethod]
    public void Arguments_of_the_entrypoint_come_before_the_app() =>
        Gives("<ContainerEntrypoint Include=\"/bin/tini\" /><ContainerEntrypointArgs Include=\"--\" /><ContainerDefaultArgs Include=\"x\" />", "/bin/tini --", "dotnet /app/app.dll x");

    [TestMethod]
    public void Arguments_of_the_entrypoint_alone_are_the_apps_command_as_of_old() =>
        Gives("<ContainerEntrypointArgs Include=\"a;b\" />", "dotnet /app/app.dll", "a b");

    [TestMethod]
    public void None_leaves_the_app_out() =>
        Gives("<ContainerEntrypoint Include=\"/bin/sh\" /><ContainerDefaultArgs Include=\"-c\" />", "/bin/sh", "-c", "None");

    [TestMethod]
    public void DefaultArgs_keeps_the_entrypoint_of_the_base() =>
        Gives("<ContainerDefaultArgs Include=\"x\" />", "/from/base -a", "dotnet /app/app.dll x", "DefaultArgs", """{"Entrypoint":["/from/base","-a"]}""");

    [TestMethod]
    public void The_entrypoint_dotnet_of_a_base_is_not_kept() =>
        Gives("", "", "dotnet /app/app.dll", "DefaultArgs", """{"Entrypoint":["dotnet"]}""");

    [TestMethod]
    public void The_command_of_the_base_goes_with_its_entrypoint() =>
        Gives("", "dotnet /app/app.dll", "", "Entrypoint", """{"Entrypoint":["/from/base"],"Cmd":["base"]}""");

    [TestMethod]
    public void The_name_of_an_instruction_may_be_written_in_any_case() =>
        Gives("", "", "dotnet /app/app.dll", "defaultargs");

    [TestMethod]
    public void The_app_lies_where_the_working_directory_is()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        var image = sandbox.BuiltImage("-p:ContainerWorkingDirectory=/srv/my app/");
        Expect.Sequence(image.Configuration.Entrypoint, "dotnet", "/srv/my app/app.dll");
        Assert.AreEqual("/srv/my app", (string?)image.Document()["config"]!["WorkingDir"]);
        Assert.Contains("srv/my app/app.dll", LayoutImages.OwnFiles(image));
    }

    [TestMethod]
    public void An_entrypoint_of_the_base_that_gives_way_is_warned_of()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        var image = MadeImage.Of("""{"Entrypoint":["/from/base"]}""").ToFolder(sandbox.PathOf("bases"), "base");
        sandbox.PublishBuilt($"-p:ContainerBaseImage={image}").WarnedWith("CSDK1025");
        Expect.Sequence(LayoutImages.Read(sandbox.Registry, "app:latest").Configuration.Entrypoint, "dotnet", "/app/app.dll");
    }

    [TestMethod]
    [DataRow("<ContainerEntrypoint Include=\"/x\" />", "Entrypoint")]
    [DataRow("<ContainerAppCommand Include=\"/x\" />", "None")]
    [DataRow("<ContainerEntrypointArgs Include=\"x\" />", "DefaultArgs")]
    public void A_contradiction_is_an_error(string items, string instruction)
    {
        using var sandbox = new Sandbox().BuiltConsole($"<ItemGroup>{items}</ItemGroup>");
        sandbox.PublishBuilt($"-p:ContainerAppCommandInstruction={instruction}").RefusedWith("CSDK1021");
    }

    private static void Gives(string items, string entrypoint, string command, string instruction = "", string settingsOfBase = "{}", string separator = " ")
    {
        using var sandbox = new Sandbox().BuiltConsole($"<ItemGroup>{items}</ItemGroup>");
        var image = MadeImage.Of(settingsOfBase).ToFolder(sandbox.PathOf("bases"), "base");
        var configuration = sandbox.BuiltImage($"-p:ContainerAppCommandInstruction={instruction}", $"-p:ContainerBaseImage={image}").Configuration;
        Assert.AreEqual(entrypoint, string.Join(' ', configuration.Entrypoint));
        Assert.AreEqual(command, string.Join(separator, configuration.Command));
    }
}
