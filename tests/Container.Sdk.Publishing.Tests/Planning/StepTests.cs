namespace Container.Sdk.Publishing.Tests;

/// <summary>Files and steps that a project adds to its image.</summary>
[TestClass]
public sealed class StepTests : IDisposable
{
    private readonly TestApp _app = new();

    public StepTests()
    {
        foreach (var name in (string[])["Program.cs", "other.cs", "server.key"]) _app.Write($"app/{name}", "text"u8.ToArray());
    }

    [TestMethod]
    public Task A_command_needs_a_Dockerfile() => _app.Has("ContainerRun", "x", ("Command", "true")).RefusedAsync("CSDK1036");

    [TestMethod]
    public Task A_package_of_the_system_needs_a_Dockerfile() => _app.Has("ContainerSystemPackage", "curl").RefusedAsync("CSDK1036");

    [TestMethod]
    public Task A_package_that_a_shell_would_read_otherwise_is_refused() => _app.Has("ContainerSystemPackage", "curl&&evil").RefusedAsync("CSDK1037");

    [TestMethod]
    public Task Without_a_stage_that_builds_there_is_nothing_to_build_in() => _app.Has("ContainerSystemPackage", "clang", ("Stage", "Build")).RefusedAsync("CSDK1038");

    [TestMethod]
    public Task An_order_is_a_number() => _app.Has("ContainerRun", "x", ("Command", "true"), ("Order", "soon")).RefusedAsync("CSDK1024");

    [TestMethod]
    public Task A_stage_is_one_of_two() => _app.Has("ContainerRun", "x", ("Command", "true"), ("Stage", "Middle")).RefusedAsync("CSDK1007");

    [TestMethod]
    [DataRow("Program.cs", "/lib/x", "", "", "CSDK6014")]
    [DataRow("Program.cs", "/tmp/x", "", "", "CSDK6014")]
    [DataRow("nothere", "/srv/x", "", "", "CSDK6008")]
    [DataRow("Program.cs", "srv/x", "", "", "CSDK1019")]
    [DataRow("Program.cs", "", "", "", "CSDK1019")]
    [DataRow("Program.cs", "/srv/x", "rwx", "", "CSDK1024")]
    [DataRow("Program.cs", "/srv/x", "", "app", "CSDK1024")]
    [DataRow("server.key", "/srv/server.key", "", "", "CSDK6001")]
    public Task A_file_that_cannot_be_put_there_is_refused(string file, string path, string mode, string owner, string code) =>
        _app.Has("ContainerFile", file, ("Path", path), ("Mode", mode), ("Owner", owner)).RefusedAsync(code);

    [TestMethod]
    public Task Two_files_for_one_place_are_refused() =>
        _app.Has("ContainerFile", "Program.cs", ("Path", "/srv/x")).Has("ContainerFile", "other.cs", ("Path", "/srv/x")).RefusedAsync("CSDK6006");

    [TestMethod]
    public async Task A_file_has_the_place_the_mode_and_the_owner_that_are_said()
    {
        var entry = (await _app.Has("ContainerFile", "Program.cs", ("Path", "/srv/x"), ("Mode", "640"), ("Owner", "7:8")).ImageAsync()).Entry("srv/x");
        Assert.AreEqual((Convert.ToInt32("640", 8), 7, 8), ((int)entry.Mode, entry.Uid, entry.Gid));
    }

    public void Dispose() => _app.Dispose();
}
