using System.Text;

namespace Container.Sdk.Libraries.Tests;

[TestClass]
public sealed class DamagedLockFileTests : IDisposable
{
    private const string Sha = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Entry = $$"""{ "image": "registry.example.com/a", "version": "1.4.0", "digest": "{{Sha}}" }""";
    private readonly OwnFolder _folder = new();

    private string Path => _folder["container.lock.json"];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_file_that_is_missing_is_none() => Assert.IsNull(LockFile.ReadIfThere(_folder["none/container.lock.json"]));

    [TestMethod]
    public void A_file_that_must_be_there_is_named() => StringAssert.Contains(Expect.Failure(Diagnostics.LockDamaged, () => LockFile.Read(Path)).Message, $"'{Path}' cannot be read: it does not exist.");

    [TestMethod]
    public void A_folder_of_that_name_is_no_file() => Expect.Failure(Diagnostics.LockDamaged, () => LockFile.ReadIfThere(_folder.Path));

    [TestMethod]
    [DataRow("<<<<<<< HEAD")]
    [DataRow("=======")]
    [DataRow(">>>>>>> branch")]
    [DataRow("||||||| base")]
    [DataRow("=======\r")]
    public void The_marks_of_a_conflict_are_called_what_they_are(string mark) =>
        StringAssert.Contains(Failure($"{{\n  \"version\": 1,\n{mark}\n}}\n"), "it has the marks of a merge conflict in line 3; resolve it, or delete the file and run UpdateContainerLock.");

    [TestMethod]
    public void Equals_signs_inside_of_a_line_are_no_conflict()
    {
        File.WriteAllText(Path, $$"""{ "version": 1, "images": { "oci-archive:=======": { "linux/amd64": "{{Sha}}" } } }""");
        Assert.AreEqual(Digest.Parse(Sha), LockFile.Read(Path).DigestOf(ImageReference.Parse("oci-archive:=======", _folder.Path), new("linux", "amd64")));
    }

    [TestMethod]
    [DataRow("""{ "version": 2 }""", "it is of version 2, and this Container.Sdk knows version 1")]
    [DataRow("""{ "version": "1" }""", "it has no version number")]
    [DataRow("{}", "it has no version number")]
    [DataRow("[]", "it is no JSON object")]
    [DataRow("{\n\"version\": 1,\n}", "line 3 is no JSON: The JSON object contains a trailing comma at the end which is not supported in this mode.")]
    [DataRow("{", "is no JSON")]
    [DataRow("""{ "version": 1, "librarys": {} }""", "it has 'librarys', which version 1 does not know")]
    [DataRow("""{ "version": 1, "images": [] }""", "'images' is no object")]
    public void What_is_no_lock_file_of_this_version_is_refused_with_the_reason(string text, string reason) => StringAssert.Contains(Failure(text), reason);

    [TestMethod]
    [DataRow($$"""{ "ubuntu": { "amd64": "{{Sha}}" } }""", "'amd64' of 'ubuntu' is no platform")]
    [DataRow("""{ "ubuntu": { "linux/amd64": "sha256:12" } }""", "'ubuntu' has a part that cannot be read: 'sha256:12' is not a digest")]
    [DataRow("""{ "ubuntu": { "linux/amd64": null } }""", "'ubuntu' has a part that cannot be read: '' is not a digest")]
    [DataRow("""{ "Ubuntu": {} }""", "'Ubuntu' has a part that cannot be read")]
    [DataRow("""{ "ubuntu": { "linux/amd64": 1 } }""", "'linux/amd64' is no string")]
    [DataRow("""{ "ubuntu": null }""", "'ubuntu' has nothing")]
    [DataRow("""{ "ubuntu": "x" }""", "'ubuntu' is no object")]
    public void An_image_that_is_none_is_named(string images, string reason) => StringAssert.Contains(Failure($$"""{ "version": 1, "images": {{images}} }"""), reason);

    [TestMethod]
    [DataRow("Acme.A", Entry, "'Acme.A' is no package id and range")]
    [DataRow("Acme.A 1.x", Entry, "'Acme.A 1.x' is no package id and range")]
    [DataRow("../A 1.0.0", Entry, "'../A 1.0.0' is no package id and range")]
    [DataRow("A [2.0.0, )", Entry, "'A [2.0.0, )' has version 1.4.0, which is outside of that range")]
    [DataRow("A 1.0.0", $$"""{ "image": "registry.example.com/a", "version": "1.4", "digest": "{{Sha}}" }""", "'1.4' of 'A 1.0.0' is no version")]
    [DataRow("A 1.0.0", $$"""{ "image": "registry.example.com/a", "digest": "{{Sha}}" }""", "'A 1.0.0' has no version")]
    [DataRow("A 1.0.0", """{ "image": "registry.example.com/a", "version": "1.4.0" }""", "'A 1.0.0' has no digest")]
    [DataRow("A 1.0.0", $$"""{ "image": "registry", "version": "1.4.0", "digest": "{{Sha}}" }""", "'registry'")]
    [DataRow("A 1.0.0", $$"""{ "image": "oci:images", "version": "1.4.0", "digest": "{{Sha}}" }""", "'oci:images'")]
    [DataRow("A 1.0.0", $$"""{ "image": "a.example.com/B", "version": "1.4.0", "digest": "{{Sha}}" }""", "'A 1.0.0' has a part that cannot be read: 'B'")]
    [DataRow("A 1.0.0", $$"""{ "image": "a.example.com/b", "version": "1.4.0", "digest": "{{Sha}}", "size": 1 }""", "'A 1.0.0' has 'size', which version 1 does not know")]
    public void A_library_that_is_none_is_named(string name, string entry, string reason) => StringAssert.Contains(Failure($$"""{ "version": 1, "libraries": { "{{name}}": {{entry}} } }"""), reason);

    [TestMethod]
    [DataRow("A 1.0.0", "A 1.0.0")]
    [DataRow("A 1.0.0", "a [1.0, )")]
    public void A_range_that_is_there_twice_is_refused(string one, string two) =>
        StringAssert.Contains(Failure($$"""{ "version": 1, "libraries": { "{{one}}": {{Entry}}, "{{two}}": {{Entry}} } }"""), two);

    [TestMethod]
    [DataRow("ubuntu:latest", "ubuntu:latest")]
    [DataRow("ubuntu", "docker.io/library/ubuntu:latest")]
    [DataRow("oci:images:a", "oci:./images:a")]
    public void An_image_that_is_there_twice_is_refused(string one, string two) =>
        StringAssert.Contains(Failure($$"""{ "version": 1, "images": { "{{one}}": {}, "{{two}}": {} } }"""), two);

    [TestMethod]
    public void A_platform_that_is_there_twice_is_refused() =>
        StringAssert.Contains(Failure($$"""{ "version": 1, "images": { "ubuntu": { "linux/arm64": "{{Sha}}", "linux/arm64/v8": "{{Sha}}" } } }"""), "has the platform 'linux/arm64/v8' twice");

    [TestMethod]
    public void What_Windows_makes_of_it_is_read_all_the_same()
    {
        File.WriteAllText(Path, $"{{\r\n  \"version\": 1,\r\n  \"libraries\": {{ \"A 1.0.0\": {Entry} }}\r\n}}\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.IsNotNull(LockFile.Read(Path).Find(Ask.For("A 1.0.0")));
    }

    private string Failure(string text)
    {
        File.WriteAllText(Path, text);
        return Expect.Failure(Diagnostics.LockDamaged, () => LockFile.Read(Path)).Message;
    }
}
