using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests;

[TestClass]
public sealed class LibraryFeedTests : IDisposable
{
    private static readonly PackageId Id = PackageId.Parse("Acme.A");
    private static readonly NuGetVersion One = NuGetVersion.Parse("1.0.0");

    private readonly OwnFolder _folder = new();
    private readonly MemoryImages _images;

    public LibraryFeedTests() => _images = new MemoryImages(_folder["work"]);

    public void Dispose() => _folder.Dispose();

    private LibraryStore Store => new(_folder["cache"]);

    [TestMethod]
    public async Task Of_all_tags_those_that_are_versions_are_listed()
    {
        foreach (var tag in (string[])["1.0.0", "1.1.0-beta", "latest", "10", "1.2", "v1.2.3", "src-0123456789abcdef", "1.0.0_meta", $"sha256-{new string('a', 64)}.sig"]) _images.Put("Acme.A 1.0.0", tag);
        Assert.AreEqual("1.0.0, 1.1.0-beta", string.Join(", ", (await Feed().ListAsync(Id, default)).Order()));
    }

    [TestMethod]
    public async Task A_feed_that_asks_anew_follows_a_tag_that_was_written_again()
    {
        var before = _images.Put("Acme.A 1.0.0");
        await Feed().FetchAsync(Id, One, default);
        var after = _images.Put("Acme.A 1.0.0", created: "2026-01-01T00:00:00Z");
        Assert.AreNotEqual(before, after);
        Assert.AreEqual(before, (await Feed().FetchAsync(Id, One, default))!.Resolved.Digest);
        Assert.AreEqual(after, (await Feed(asksAnew: true).FetchAsync(Id, One, default))!.Resolved.Digest);
    }

    [TestMethod]
    public async Task A_library_is_fetched_once_and_then_found_without_asking()
    {
        var digest = _images.Put("Acme.A 1.0.0", dependency: "<dependency id=\"Acme.C\" version=\"1.5\" />");
        var first = await Feed().FetchAsync(Id, One, default);
        Assert.AreEqual(digest, first!.Resolved.Digest);
        Assert.AreEqual("Acme.C [1.5.0, )", string.Join(", ", first.Dependencies));
        _images.Asked.Clear();
        var second = await Feed().FetchAsync(Id, One, default);
        Assert.HasCount(0, _images.Asked);
        Assert.AreEqual(first.Resolved.Digest, second!.Resolved.Digest);
        Assert.AreEqual(first.Resolved.Repository, second.Resolved.Repository);
        CollectionAssert.AreEqual(first.Dependencies.ToArray(), second.Dependencies.ToArray());
    }

    [TestMethod]
    public async Task What_is_kept_names_the_layer_that_apps_share()
    {
        _images.Put("Acme.A 1.0.0");
        await Feed().FetchAsync(Id, One, default);
        var stored = Store.Find(Id, One)!;
        Assert.AreEqual((await _images.FindAsync(stored.Resolved.Digest, default))!.Layers[1].DiffId, stored.DiffId);
        Assert.AreEqual("net10.0", stored.Framework);
        Assert.IsTrue(File.Exists(Path.Combine(Store.Packages.PathOf(Id, One), "lib/net10.0/Acme.A.dll")));
    }

    [TestMethod]
    public async Task A_version_that_is_not_there_is_none() => Assert.IsNull(await Feed().FetchAsync(Id, One, default));

    [TestMethod]
    public async Task A_locked_digest_is_asked_for_although_the_tag_is_gone()
    {
        var digest = _images.Put("Acme.A 1.0.0");
        _images.Put("Acme.A 1.0.0", content: "another");
        _images.Untag("1.0.0");
        Assert.AreEqual(digest, (await Feed(digest).FetchAsync(Id, One, default))!.Resolved.Digest);
        Assert.DoesNotContain("1.0.0", _images.Asked);
    }

    [TestMethod]
    public async Task A_locked_digest_that_is_gone_is_an_error() =>
        await Expect.FailureAsync(Diagnostics.ImageNotFound, () => Feed(Digest.Of([])).FetchAsync(Id, One, default));

    [TestMethod]
    public async Task Another_content_under_a_known_version_is_refused_and_what_is_there_stays()
    {
        _images.Put("Acme.A 1.0.0");
        var first = await Feed().FetchAsync(Id, One, default);
        var moved = _images.Put("Acme.A 1.0.0", content: "another");
        await Expect.FailureAsync(Diagnostics.LibraryElsewhere, () => Feed(moved).FetchAsync(Id, One, default));
        Assert.AreEqual(first!.Resolved.Digest, Store.Find(Id, One)!.Resolved.Digest);
        NothingIsLeft();
    }

    [TestMethod]
    public async Task The_same_content_from_another_place_is_taken_from_there()
    {
        _images.Put("Acme.A 1.0.0");
        await Feed().FetchAsync(Id, One, default);
        Assert.AreEqual("elsewhere.example.com/acme.a", (await Feed(registry: "elsewhere.example.com").FetchAsync(Id, One, default))!.Resolved.Repository.ToString());
        Assert.AreEqual("elsewhere.example.com/acme.a", Store.Find(Id, One)!.Image.Location!.ToString());
    }

    [TestMethod]
    [DataRow("Acme.B 1.0.0")]
    [DataRow("Acme.A 1.0.1")]
    public async Task An_image_of_another_library_is_refused(string library)
    {
        _images.Put(library, tag: "1.0.0");
        await Expect.FailureAsync(Diagnostics.OtherLibrary, () => Feed().FetchAsync(Id, One, default));
        NothingIsLeft();
    }

    [TestMethod]
    public async Task Build_metadata_is_the_packages_own()
    {
        _images.Put("Acme.A 1.0.0+abc", tag: "1.0.0");
        Assert.AreEqual("1.0.0+abc", (await Feed().FetchAsync(Id, One, default))!.Version.ToFullString());
        _images.Asked.Clear();
        Assert.IsNotNull(await Feed().FetchAsync(Id, One, default));
        Assert.HasCount(0, _images.Asked);
    }

    [TestMethod]
    public async Task Bytes_that_arrive_damaged_leave_nothing_and_a_second_try_works()
    {
        _images.Put("Acme.A 1.0.0");
        _images.Transport = bytes => [.. bytes[..^9], (byte)(bytes[^9] ^ 1), .. bytes[^8..]];
        await Assert.ThrowsExactlyAsync<ContainerException>(() => Feed().FetchAsync(Id, One, default));
        NothingIsLeft();
        Assert.IsNull(Store.Find(Id, One));
        _images.Transport = bytes => bytes;
        Assert.IsNotNull(await Feed().FetchAsync(Id, One, default));
    }

    [TestMethod]
    public async Task Many_may_fetch_the_same_at_once()
    {
        _images.Put("Acme.A 1.0.0");
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Feed().FetchAsync(Id, One, default))));
        Assert.AreEqual(1, all.Select(l => l!.Resolved.Digest).Distinct().Count());
        NothingIsLeft();
    }

    [TestMethod]
    [DataRow("libraries/acme.a/1.0.0.json")]
    [DataRow("packages/acme.a/1.0.0/.nupkg.metadata")]
    public async Task A_store_that_lost_a_part_is_filled_again(string part)
    {
        _images.Put("Acme.A 1.0.0");
        await Feed().FetchAsync(Id, One, default);
        File.Delete(_folder[$"cache/{part}"]);
        Assert.IsNull(Store.Find(Id, One));
        await Feed().FetchAsync(Id, One, default);
        Assert.IsNotNull(Store.Find(Id, One));
    }

    private LibraryFeed Feed(Digest? locked = null, string registry = "registry.example.com", bool asksAnew = false) => new(
        new LibrarySources([LibrarySource.Parse("Acme.*", registry, "{id}", _folder.Path)]), _ => _images, Store, (_, _) => locked, new SilentReporter(), asksAnew);

    private void NothingIsLeft() => Assert.HasCount(0,
        Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Where(f => AtomicFile.IsPartial(Path.GetFileName(f))).ToList());
}
