using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests.Locking;

[TestClass]
public sealed class LibraryLocksTests : IDisposable
{
    private static readonly LibraryRequest Request = Ask.For("Acme.A 1.*");

    private readonly OwnFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Our_own_file_comes_before_that_of_NuGet()
    {
        var locks = Locks(LockFile.Empty.With(Request, Sample.Library("1.2.0", 1)), """{"dependencies":{"net10.0":{"Acme.A":{"resolved":"1.3.0"}}}}""");
        Assert.AreEqual(NuGetVersion.Parse("1.2.0"), locks.VersionOf(Request));
        Assert.AreEqual(NuGetVersion.Parse("1.3.0"), locks.VersionOf(Ask.For("acme.a [1.3.0, 2.0.0)")));
        Assert.AreEqual(Sample.Digest(1), locks.DigestOf(Request.Id, NuGetVersion.Parse("1.2.0")));
        Assert.IsNull(locks.DigestOf(Request.Id, NuGetVersion.Parse("1.3.0")));
    }

    [TestMethod]
    public void Of_NuGets_versions_the_first_in_the_range_is_taken()
    {
        var locks = Locks(null, """{"version":1,"dependencies":{"net8.0":{"ACME.a":{"type":"Direct","resolved":"1.0.0"}},"net10.0":{"Acme.A":{"resolved":"2.0.0"},"Acme.B":{"resolved":"2.0.0"}}}}""");
        Assert.AreEqual(NuGetVersion.Parse("1.0.0"), locks.VersionOf(Request));
        Assert.AreEqual(NuGetVersion.Parse("2.0.0"), locks.VersionOf(Ask.For("Acme.A 2.0.0")));
        Assert.IsNull(locks.VersionOf(Ask.For("Acme.A 3.0.0")));
        Assert.IsNull(locks.VersionOf(Ask.For("Acme.C 1.0.0")));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("""{"dependencies":[]}""")]
    [DataRow("""{"dependencies":{"net10.0":[]}}""")]
    [DataRow("""{"dependencies":{"net10.0":{"Acme.A":"1.0.0"}}}""")]
    [DataRow("""{"dependencies":{"net10.0":{"Acme.A":{"resolved":1}}}}""")]
    [DataRow("""{"dependencies":{"net10.0":{"Acme.A":{"resolved":"x"}}}}""")]
    public void What_NuGet_cannot_have_written_locks_nothing(string json) => Assert.IsNull(Locks(null, json).VersionOf(Request));

    [TestMethod]
    public void No_files_lock_nothing()
    {
        foreach (var path in new[] { "", _folder["none.json"], _folder.Path })
            Assert.IsNull(new LibraryLocks(null, PackagesLock.Read(path), isLocked: false, "").VersionOf(Request));
    }

    [TestMethod]
    public void What_restore_found_agrees_with_what_says_nothing() => Assert.IsTrue(Locks(null, "{}").Agree(Found("1.2.0", 1)));

    [TestMethod]
    [DataRow("1.2.0", 1, true)]
    [DataRow("1.2.0", 2, false)]
    [DataRow("1.3.0", 1, false)]
    public void What_restore_found_agrees_with_the_same_version_of_the_same_digest(string version, int digest, bool agrees) =>
        Assert.AreEqual(agrees, Locks(LockFile.Empty.With(Request, Sample.Library("1.2.0", 1)), "{}").Agree(Found(version, digest)));

    [TestMethod]
    [DataRow("1.2.0", true)]
    [DataRow("1.3.0", false)]
    public void NuGets_file_knows_no_digest(string version, bool agrees) =>
        Assert.AreEqual(agrees, Locks(null, """{"dependencies":{"net10.0":{"Acme.A":{"resolved":"1.2.0"}}}}""").Agree(Found(version, 1)));

    [TestMethod]
    public void In_locked_mode_everything_must_be_in_our_own_file()
    {
        var locks = Locks(LockFile.Empty, """{"dependencies":{"net10.0":{"Acme.A":{"resolved":"1.2.0"}}}}""", isLocked: true);
        Assert.IsFalse(locks.Agree(Found("1.2.0", 1)));
        Assert.Contains("+ Acme.A [1.*, ): 1.2.0", Expect.Failure(Diagnostics.LockOutOfDate, () => locks.RequireAll(Found("1.2.0", 1))).Message);
        var whole = Locks(LockFile.Empty.With(Request, Sample.Library("1.2.0", 1)), "{}", isLocked: true);
        Assert.IsTrue(whole.Agree(Found("1.2.0", 1)));
        whole.RequireAll(Found("1.2.0", 1));
    }

    [TestMethod]
    public void Otherwise_nothing_must_be() => Locks(null, "{}").RequireAll(Found("1.2.0", 1));

    private static LibraryResolution Found(string version, int digest) => new([new ResolvedLibrary(Request, Sample.Library(version, digest), "hash", IsDirect: true)]);

    private LibraryLocks Locks(LockFile? file, string packages, bool isLocked = false)
    {
        File.WriteAllText(_folder["packages.lock.json"], packages);
        return new LibraryLocks(file, PackagesLock.Read(_folder["packages.lock.json"]), isLocked, "container.lock.json");
    }
}
