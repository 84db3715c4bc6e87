namespace Container.Sdk.Tasks.Tests;

[TestClass]
public sealed class SourceInputTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("csdk-").FullName;

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void A_project_that_was_not_restored_is_refused()
    {
        var error = Assert.ThrowsExactly<ContainerException>(() => RestoreGraph.Read(Path.Combine(_folder, "App.csproj"), _folder));
        Assert.AreEqual(Diagnostics.SourcesNotRestored, error.Diagnostic);
    }
}
