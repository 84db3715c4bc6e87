namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class FileHashingTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(128 * 1024)]
    [DataRow(128 * 1024 + 1)]
    public void A_file_is_known_by_size_and_digest(int size)
    {
        using var folder = new TestFolder();
        var content = new byte[size];
        new Random(size).NextBytes(content);
        var path = folder.Write("x", content);
        Assert.AreEqual(new FileContent(path, size, Digest.Of(content)), FileHashing.Read(path));
    }

    [TestMethod]
    public void A_file_that_is_not_there_has_a_code()
    {
        using var folder = new TestFolder();
        Expect.Failure(Diagnostics.FileMissing, () => FileHashing.Read(folder["x"]));
        Expect.Failure(Diagnostics.FileMissing, () => FileHashing.Read(folder["no/x"]));
    }

    [TestMethod]
    public void A_folder_is_no_file()
    {
        using var folder = new TestFolder();
        Expect.Failure(Diagnostics.FileMissing, () => FileHashing.Read(folder.Path));
    }
}
