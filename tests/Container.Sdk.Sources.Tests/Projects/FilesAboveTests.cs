namespace Container.Sdk.Sources.Tests;

[TestClass]
public sealed class FilesAboveTests : IDisposable
{
    private readonly RestoredApp _app = new();

    public void Dispose() => _app.Dispose();

    [TestMethod]
    public void The_nearest_folder_above_that_has_a_name_is_found()
    {
        Assert.AreEqual(_app.Root, FilesAbove.FolderWith(".git", _app.ProjectFolder));
        Assert.AreEqual(_app.ProjectFolder, FilesAbove.FolderWith("App.csproj", _app.ProjectFolder));
        Assert.IsNull(FilesAbove.FolderWith($"{Guid.NewGuid()}", _app.ProjectFolder));
    }

    [TestMethod]
    public void What_restore_and_the_compiler_look_for_is_found_up_to_the_root_and_no_further()
    {
        string[] restore = ["repo/src/App/container.lock.json", "repo/src/Directory.Build.rsp", "repo/Directory.Packages.props", "repo/global.json"];
        string[] compiler = ["repo/src/.editorconfig", "repo/.globalconfig"];
        foreach (var path in (string[])[.. restore, .. compiler, "global.json", ".editorconfig", "repo/src/Directory.Build.props.bak", "repo/other/global.json"]) _app.Write(path, "");
        Expect.Sequence(FilesAbove.ForRestore(_app.ProjectFolder, _app.Root), [.. restore.Select(p => _app[p])]);
        Expect.Sequence(FilesAbove.ForCompiler(_app.ProjectFolder, _app.Root), [.. compiler.Select(p => _app[p])]);
    }

    [TestMethod]
    public void Lock_files_lie_beside_the_project()
    {
        foreach (var name in (string[])["packages.lock.json", "packages.App.lock.json", "container.lock.json", "other.lock.json"]) _app.Write($"repo/src/App/{name}", "{}");
        Expect.Sequence(FilesAbove.Locks(_app.ProjectFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal), "container.lock.json", "packages.App.lock.json", "packages.lock.json");
    }
}
