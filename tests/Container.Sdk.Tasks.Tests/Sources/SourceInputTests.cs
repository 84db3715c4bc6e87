using Container.Sdk.Oci;

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

    [TestMethod]
    public void Names_of_packages_are_separated_by_anything_usual() =>
        Assert.AreEqual("clang libc6-dev=2.36-9+deb12u10 zlib1g-dev", string.Join(' ', BuildPackageNames.Read("zlib1g-dev; clang\n libc6-dev=2.36-9+deb12u10")));

    [TestMethod]
    [DataRow("clang$(id)")]
    [DataRow("--allow-unauthenticated")]
    [DataRow("a`b`")]
    public void What_a_shell_would_read_is_no_name_of_a_package(string name) =>
        Assert.AreEqual(Diagnostics.InvalidBuildPackage, Assert.ThrowsExactly<ContainerException>(() => BuildPackageNames.Read(name)).Diagnostic);
}
