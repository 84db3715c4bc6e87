namespace Container.Sdk.Publishing.Tests;

/// <summary>The rules of the in-box SDK for entrypoint and command.</summary>
[TestClass]
public sealed class CommandTests : IDisposable
{
    private readonly TestApp _app = new();

    [TestMethod]
    public Task Without_a_word_the_app_is_the_entrypoint() => Gives("dotnet /app/app.dll", "");

    [TestMethod]
    public Task Default_arguments_are_the_command() => Gives("dotnet /app/app.dll", "--port|80", DefaultArgs("--port", "80"));

    [TestMethod]
    public Task Arguments_of_the_app_belong_to_the_entrypoint() =>
        Gives("/app/run serve", "", ("ContainerAppCommand", "/app/run"), ("ContainerAppCommandArgs", "serve"));

    [TestMethod]
    public Task Arguments_keep_their_spaces_and_quotes() =>
        Gives("dotnet /app/app.dll", "two words|'a' \"b\" $HOME", DefaultArgs("two words", "'a' \"b\" $HOME"));

    [TestMethod]
    public Task The_same_argument_can_come_twice() => Gives("dotnet /app/app.dll", "-v|-v", DefaultArgs("-v", "-v"));

    [TestMethod]
    public Task An_entrypoint_of_ones_own_makes_the_app_the_command() =>
        Gives("/bin/tini --", "dotnet|/app/app.dll", ("ContainerEntrypoint", "/bin/tini"), ("ContainerEntrypoint", "--"));

    [TestMethod]
    public Task Arguments_of_the_entrypoint_come_before_the_app() =>
        Gives("/bin/tini --", "dotnet|/app/app.dll|x", ("ContainerEntrypoint", "/bin/tini"), ("ContainerEntrypointArgs", "--"), ("ContainerDefaultArgs", "x"));

    [TestMethod]
    public Task Arguments_of_the_entrypoint_alone_are_the_apps_command_as_of_old() =>
        Gives("dotnet /app/app.dll", "a|b", ("ContainerEntrypointArgs", "a"), ("ContainerEntrypointArgs", "b"));

    [TestMethod]
    public Task None_leaves_the_app_out() => Instruction("None").Gives("/bin/sh", "-c", ("ContainerEntrypoint", "/bin/sh"), ("ContainerDefaultArgs", "-c"));

    [TestMethod]
    public Task DefaultArgs_keeps_the_entrypoint_of_the_base() =>
        Instruction("DefaultArgs").On("""{"Entrypoint":["/from/base","-a"]}""").Gives("/from/base -a", "dotnet|/app/app.dll|x", ("ContainerDefaultArgs", "x"));

    [TestMethod]
    public Task The_entrypoint_dotnet_of_a_base_is_not_kept() => Instruction("DefaultArgs").On("""{"Entrypoint":["dotnet"]}""").Gives("", "dotnet|/app/app.dll");

    [TestMethod]
    public Task The_command_of_the_base_goes_with_its_entrypoint() =>
        Instruction("Entrypoint").On("""{"Entrypoint":["/from/base"],"Cmd":["base"]}""").Gives("dotnet /app/app.dll", "");

    [TestMethod]
    public Task The_name_of_an_instruction_may_be_written_in_any_case() => Instruction("defaultargs").Gives("", "dotnet|/app/app.dll");

    [TestMethod]
    public async Task The_app_lies_where_the_working_directory_is()
    {
        var image = await _app.With("ContainerWorkingDirectory", "/srv/my app/").ImageAsync();
        Expect.Sequence(image.Configuration.Entrypoint, "dotnet", "/srv/my app/app.dll");
        Assert.AreEqual("/srv/my app", (string?)image.Document()["config"]!["WorkingDir"]);
        Assert.Contains("srv/my app/app.dll", LayoutImages.OwnFiles(image));
    }

    [TestMethod]
    public async Task An_entrypoint_of_the_base_that_gives_way_is_warned_of()
    {
        var image = await On("""{"Entrypoint":["/from/base"]}""")._app.ImageAsync();
        Expect.Sequence(_app.Reporter.Warnings, "CSDK1025");
        Expect.Sequence(image.Configuration.Entrypoint, "dotnet", "/app/app.dll");
    }

    [TestMethod]
    [DataRow("ContainerEntrypoint", "Entrypoint")]
    [DataRow("ContainerAppCommand", "None")]
    [DataRow("ContainerEntrypointArgs", "DefaultArgs")]
    public Task A_contradiction_is_an_error(string item, string instruction) => Instruction(instruction)._app.Has(item, "/x").RefusedAsync("CSDK1021");

    public void Dispose() => _app.Dispose();

    private static (string, string)[] DefaultArgs(params string[] values) => [.. values.Select(v => ("ContainerDefaultArgs", v))];

    private CommandTests Instruction(string instruction)
    {
        _app["ContainerAppCommandInstruction"] = instruction;
        return this;
    }

    private CommandTests On(string settingsOfBase)
    {
        _app["ContainerBaseImage"] = MadeImage.Of(settingsOfBase).ToFolder(_app.PathOf("bases"), "base");
        return this;
    }

    private async Task Gives(string entrypoint, string command, params (string Kind, string Value)[] items)
    {
        if (_app["ContainerBaseImage"] == "scratch") On("{}");
        foreach (var (kind, value) in items) _app.Has(kind, value);
        var configuration = (await _app.ImageAsync()).Configuration;
        Assert.AreEqual(entrypoint, string.Join(' ', configuration.Entrypoint));
        Assert.AreEqual(command, string.Join('|', configuration.Command));
    }
}
