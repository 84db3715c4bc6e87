using FsCheck;
using FsCheck.Fluent;
using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests;

[TestClass]
public sealed class LockFileRoundTripTests : IDisposable
{
    private readonly OwnFolder _folder = new();

    private string Path => _folder["lock/container.lock.json"];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void What_was_written_is_read() => Prop.ForAll(Files().ToArbitrary(), file =>
    {
        file.Write(Path);
        return LockFile.Read(Path).Differences(file) is [];
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void What_was_read_is_written_to_the_byte() => Prop.ForAll(Files().ToArbitrary(), file =>
    {
        file.Write(Path);
        var first = File.ReadAllText(Path);
        LockFile.Read(Path).Write(Path);
        return first == File.ReadAllText(Path);
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Differences_are_none_only_where_the_text_is_the_same() => Prop.ForAll(Files().ToArbitrary(), Files().ToArbitrary(), (a, b) =>
    {
        a.Write(Path);
        var first = File.ReadAllText(Path);
        b.Write(Path);
        return a.Differences(b) is [] == (first == File.ReadAllText(Path));
    }).QuickCheckThrowOnFailure();

    private Gen<LockFile> Files() =>
        from images in Images().ListOf()
        from libraries in Libraries().ListOf()
        select libraries.Aggregate(
            images.Aggregate(LockFile.Empty, (file, i) => file.With(i.Image, i.Platform, i.Digest)), (file, l) => file.With(l.Request, l.Library));

    private Gen<(ImageReference Image, Platform Platform, Digest Digest)> Images() =>
        from image in Gen.Elements("ubuntu", "localhost:5000/a/b:1.0", "[::1]:5000/x", $"registry.example.com/app:1@{Sample.Digest(7)}", "oci:images:app:1", "oci:../x y/\"z\":app",
            $"oci:images:app@{Sample.Digest(8)}", "oci:.:app:1", "oci-archive:../ä.tar", "docker-archive:a:b.tar", "docker-daemon:app:1")
        from platform in Gen.Elements(new Platform("linux", "amd64"), new("linux", "arm", "v7"), new("linux", "arm64", "v8"), new("windows", "amd64", null, "10.0.20348.1"))
        from digest in Gen.Choose(0, 5)
        select (ImageReference.Parse(image, _folder.Path), platform, Sample.Digest(digest));

    private Gen<(LibraryRequest Request, ResolvedVersion Library)> Libraries() =>
        from id in Gen.Elements("Acme.A", "Acme.B-c", "x_1")
        from version in Gen.Elements("1.5.0", "1.5.0-beta.2", "1.5.0.7")
        from range in Gen.Elements("1.*-*", "*-*", "[1.0.0-*,2.0)", "1.0", "(1.0,1.9]", "(,2.0-rc)", "1.0.0-Alpha*", "")
        from registry in Gen.Elements("registry.example.com:5000", "docker.io", "oci:images", "oci:../a b", "[::1]")
        from digest in Gen.Choose(0, 5)
        select (Ask.For($"{id} {range}".Trim()), new ResolvedVersion(NuGetVersion.Parse(version), ImageRepository.Parse(registry, RepositoryName.Parse("libs/a"), _folder.Path), Sample.Digest(digest)));
}
