using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests;

[TestClass]
public sealed class LockFileTests
{
    [TestMethod]
    public void An_empty_file_locks_nothing_yet()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "\n");
        Assert.IsEmpty(LockFile.Empty.Differences(LockFile.Read(path)));
        File.Delete(path);
    }

    private static readonly Platform Amd64 = new("linux", "amd64");
    private static readonly Platform Arm64 = new("linux", "arm64");

    [TestMethod]
    public void Nothing_is_locked_at_first()
    {
        Assert.IsNull(LockFile.Empty.DigestOf(Runtime, Amd64));
        Assert.IsNull(LockFile.Empty.Find(Ask.For("Acme.A 1.0.0")));
    }

    [TestMethod]
    public void Each_platform_has_a_digest()
    {
        var file = LockFile.Empty.With(Runtime, Amd64, Sample.Digest(1)).With(Runtime, Arm64, Sample.Digest(2));
        Assert.AreEqual(Sample.Digest(1), file.DigestOf(Runtime, Amd64));
        Assert.AreEqual(Sample.Digest(2), file.DigestOf(Runtime, Arm64));
        Assert.IsNull(file.DigestOf(Runtime, new Platform("linux", "arm", "v7")));
    }

    [TestMethod]
    [DataRow("arm64", "v8")]
    [DataRow("amd64", "v1")]
    public void The_first_variant_is_the_architecture_itself(string architecture, string variant) =>
        Assert.AreEqual(Sample.Digest(1), LockFile.Empty.With(Runtime, new("linux", architecture, variant), Sample.Digest(1)).DigestOf(Runtime, new("linux", architecture)));

    [TestMethod]
    public void Versions_of_Windows_are_different_platforms()
    {
        var file = LockFile.Empty.With(Runtime, new("windows", "amd64", null, "10.0.17763"), Sample.Digest(1)).With(Runtime, new("windows", "amd64", null, "10.0.20348"), Sample.Digest(2));
        Assert.AreEqual(Sample.Digest(1), file.DigestOf(Runtime, new("windows", "amd64", null, "10.0.17763")));
    }

    [TestMethod]
    public void A_range_is_found_however_it_is_written() =>
        Assert.AreEqual(Sample.Library("1.4.0", 1), LockFile.Empty.With(Ask.For("Acme.A [1.2,2.0)"), Sample.Library("1.4.0", 1)).Find(Ask.For("acme.a [1.2.0, 2.0.0)")));

    [TestMethod]
    public void A_floating_range_is_not_its_minimum() =>
        Assert.IsNull(LockFile.Empty.With(Ask.For("Acme.A 1.*"), Sample.Library("1.4.0", 1)).Find(Ask.For("Acme.A 1.0.0")));

    [TestMethod]
    public void What_is_said_last_holds()
    {
        var file = LockFile.Empty.With(Ask.For("Acme.A 1.*"), Sample.Library("1.4.0", 1)).With(Ask.For("Acme.A 1.*"), Sample.Library("1.5.0", 2))
            .With(Runtime, Amd64, Sample.Digest(1)).With(Runtime, Amd64, Sample.Digest(2));
        Assert.AreEqual(NuGetVersion.Parse("1.5.0"), file.Find(Ask.For("Acme.A 1.*"))!.Version);
        Assert.AreEqual(Sample.Digest(2), file.DigestOf(Runtime, Amd64));
    }

    [TestMethod]
    public void A_file_that_gets_more_stays_as_it_was()
    {
        _ = LockFile.Empty.With(Runtime, Amd64, Sample.Digest(1));
        Assert.IsNull(LockFile.Empty.DigestOf(Runtime, Amd64));
    }

    [TestMethod]
    public void The_same_has_no_differences() =>
        Assert.IsEmpty(LockFile.Empty.With(Ask.For("Acme.A 1.*"), Sample.Library("1.4.0", 1)).With(Runtime, Amd64, Sample.Digest(1))
            .Differences(LockFile.Empty.With(Runtime, Amd64, Sample.Digest(1)).With(Ask.For("Acme.A [1.*,)"), Sample.Library("1.4.0", 1))));

    [TestMethod]
    public void What_is_new_gone_and_otherwise_has_a_line_each()
    {
        var old = LockFile.Empty
            .With(Runtime, Amd64, Sample.Digest(1)).With(Runtime, Arm64, Sample.Digest(2))
            .With(Ask.For("Acme.Gone 1.0.0"), Sample.Library("1.0.0", 3)).With(Ask.For("Acme.Pricing [1.2.0, 2.0.0)"), Sample.Library("1.4.0", 4));
        var now = LockFile.Empty
            .With(Runtime, Amd64, Sample.Digest(5))
            .With(Ask.For("Acme.New *"), Sample.Library("3.0.0", 6)).With(Ask.For("Acme.Pricing [1.2,2.0)"), Sample.Library("1.5.0", 7));
        Assert.AreEqual(
            $"""
            ~ mcr.microsoft.com/dotnet/runtime:10.0 (linux/amd64): {Sample.Digest(1)} -> {Sample.Digest(5)}
            - mcr.microsoft.com/dotnet/runtime:10.0 (linux/arm64): {Sample.Digest(2)}
            - Acme.Gone [1.0.0, ): 1.0.0 (registry.example.com/libs/acme@{Sample.Digest(3)})
            + Acme.New [*, ): 3.0.0 (registry.example.com/libs/acme@{Sample.Digest(6)})
            ~ Acme.Pricing [1.2.0, 2.0.0): 1.4.0 -> 1.5.0
            """.ReplaceLineEndings("\n"), string.Join('\n', old.Differences(now)));
    }

    [TestMethod]
    public void A_version_with_another_digest_is_a_difference() =>
        Assert.AreEqual($"~ Acme.A [1.*, ): 1.4.0, {Sample.Digest(1)} -> {Sample.Digest(2)}", Difference(Sample.Library("1.4.0", 1), Sample.Library("1.4.0", 2)));

    [TestMethod]
    public void Another_repository_is_a_difference() =>
        Assert.AreEqual("~ Acme.A [1.*, ): 1.4.0, registry.example.com/libs/acme -> registry.example.com/other", Difference(
            Sample.Library("1.4.0", 1), Sample.Library("1.4.0", 1) with { Repository = new HostRepository(RegistryHost.Parse("registry.example.com"), RepositoryName.Parse("other")) }));

    private static string Difference(ResolvedVersion from, ResolvedVersion to) =>
        LockFile.Empty.With(Ask.For("Acme.A 1.*"), from).Differences(LockFile.Empty.With(Ask.For("Acme.A 1.*"), to)).Single();

    private static RegistryReference Runtime => RegistryReference.Parse("mcr.microsoft.com/dotnet/runtime:10.0");
}
