using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests;

/// <summary>What the file looks like to those who read and merge it.</summary>
[TestClass]
public sealed class LockFileTextTests : IDisposable
{
    private static readonly Platform Amd64 = new("linux", "amd64");
    private readonly OwnFolder _folder = new();

    private string Path => _folder["container.lock.json"];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Each_entry_has_a_line_in_the_order_of_names()
    {
        var runtime = RegistryReference.Parse("mcr.microsoft.com/dotnet/runtime:10.0");
        var file = LockFile.Empty
            .With(runtime, new("linux", "arm64"), Sample.Digest(2)).With(runtime, Amd64, Sample.Digest(1))
            .With(RegistryReference.Parse("alpine"), Amd64, Sample.Digest(3))
            .With(Ask.For("Acme.Pricing [1.2,2.0)"), Sample.Library("1.4.0", 4)).With(Ask.For("Acme.Orders"), Sample.Library("1.0.0-beta", 5));
        Assert.AreEqual(
            $$"""
            {
              "version": 1,
              "images": {
                "docker.io/library/alpine:latest": { "linux/amd64": "{{Sample.Digest(3)}}" },
                "mcr.microsoft.com/dotnet/runtime:10.0": { "linux/amd64": "{{Sample.Digest(1)}}", "linux/arm64": "{{Sample.Digest(2)}}" }
              },
              "libraries": {
                "Acme.Orders (, )": { "image": "registry.example.com/libs/acme", "version": "1.0.0-beta", "digest": "{{Sample.Digest(5)}}" },
                "Acme.Pricing [1.2.0, 2.0.0)": { "image": "registry.example.com/libs/acme", "version": "1.4.0", "digest": "{{Sample.Digest(4)}}" }
              }
            }

            """.ReplaceLineEndings("\n"), Text(file));
    }

    [TestMethod]
    public void An_empty_file_is_a_file() => Assert.AreEqual("{\n  \"version\": 1,\n  \"images\": {},\n  \"libraries\": {}\n}\n", Text(LockFile.Empty));

    [TestMethod]
    public void The_same_content_is_the_same_text_in_whatever_order_it_came()
    {
        var entries = Enumerable.Range(0, 50).ToList();
        Assert.AreEqual(Text(Of(entries)), Text(Of(entries.AsEnumerable().Reverse())));

        static LockFile Of(IEnumerable<int> numbers) => numbers.Aggregate(LockFile.Empty, (file, i) => file
            .With(Ask.For($"Acme.L{i} 1.{i}.0"), Sample.Library($"1.{i}.0", i)).With(RegistryReference.Parse($"registry.example.com/app{i}"), Amd64, Sample.Digest(i)));
    }

    [TestMethod]
    public void An_id_is_written_as_it_was_asked_for_last() =>
        StringAssert.Contains(Text(LockFile.Empty.With(Ask.For("acme.a 1.0.0"), Sample.Library("1.0.0", 1)).With(Ask.For("Acme.A 1.0.0"), Sample.Library("1.0.0", 1))), "\"Acme.A [1.0.0, )\"");

    [TestMethod]
    public void Folders_and_archives_are_relative_to_the_file()
    {
        var text = Text(LockFile.Empty
            .With(ImageReference.Parse("oci:../images:team/base:1", _folder.Path), Amd64, Sample.Digest(1))
            .With(ImageReference.Parse("oci-archive:sub/base.tar", _folder.Path), Amd64, Sample.Digest(2))
            .With(Ask.For("Acme.A 1.0.0"), new ResolvedVersion(NuGetVersion.Parse("1.0.0"), ImageRepository.Parse("oci:../images", RepositoryName.Parse("libs/acme.a"), _folder.Path), Sample.Digest(3))));
        StringAssert.Contains(text, "\"oci:../images:team/base:1\"");
        StringAssert.Contains(text, "\"oci-archive:sub/base.tar\"");
        StringAssert.Contains(text, "\"image\": \"oci:../images:libs/acme.a\"");
        Assert.IsFalse(text.Contains(_folder.Path, StringComparison.Ordinal));
    }

    [TestMethod]
    public void A_file_that_moves_with_its_folders_says_the_same_there()
    {
        var here = LockFile.Empty.With(ImageReference.Parse("oci:images:base:1", _folder.Path), Amd64, Sample.Digest(1));
        here.Write(Path);
        Directory.CreateDirectory(_folder["moved"]);
        File.Copy(Path, _folder["moved/container.lock.json"]);
        Assert.AreEqual(Sample.Digest(1), LockFile.Read(_folder["moved/container.lock.json"]).DigestOf(ImageReference.Parse("oci:images:base:1", _folder["moved"]), Amd64));
    }

    [TestMethod]
    public void A_folder_that_the_notation_cannot_say_is_refused()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("no path has such a name there");
        Expect.Failure(Diagnostics.InvalidReference, () => LockFile.Empty.With(new LayoutReference(_folder["a:b"], "base:1", null), Amd64, Sample.Digest(1)).Write(Path));
    }

    [TestMethod]
    public void A_file_is_written_into_a_folder_that_is_not_there_yet()
    {
        LockFile.Empty.Write(_folder["new/container.lock.json"]);
        Assert.IsEmpty(LockFile.Read(_folder["new/container.lock.json"]).Differences(LockFile.Empty));
    }

    private string Text(LockFile file)
    {
        file.Write(Path);
        return File.ReadAllText(Path);
    }
}
