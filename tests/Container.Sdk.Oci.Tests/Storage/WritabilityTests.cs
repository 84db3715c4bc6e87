namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class WritabilityTests
{
    [TestMethod]
    [DataRow(".")]
    [DataRow("new")]
    [DataRow("new/below")]
    public void A_folder_that_can_be_made_is_not_made(string name)
    {
        using var folder = new TestFolder();
        Writability.Check(Path.GetFullPath(name, folder.Path));
        Assert.IsEmpty(folder.Names);
    }

    [TestMethod]
    public void A_file_is_no_folder()
    {
        using var folder = new TestFolder();
        folder.Write("file", []);
        Expect.Failure(Diagnostics.NotWritable, () => Writability.Check(folder["file"]));
        Expect.Failure(Diagnostics.NotWritable, () => Writability.Check(folder["file/below"]));
    }

    [TestMethod]
    public void A_place_that_the_system_keeps_is_not_writable()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("only Linux has /proc");
        Expect.Failure(Diagnostics.NotWritable, () => Writability.Check("/proc/new"));
    }
}
