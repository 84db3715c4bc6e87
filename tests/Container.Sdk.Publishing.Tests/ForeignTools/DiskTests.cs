namespace Container.Sdk.Publishing.Tests;

/// <summary>Disks that are full or read-only: what was there stays, and nothing half is left.</summary>
[TestClass]
public sealed class DiskTests : IDisposable
{
    private readonly TestApp _app = new();

    [TestMethod]
    public async Task A_folder_on_a_disk_that_is_read_only_is_refused()
    {
        using var disk = new TemporaryDisk("ro");
        await _app.With("ContainerRegistry", $"oci:{disk.Folder}/images").RefusedAsync("CSDK8001");
    }

    [TestMethod]
    public async Task An_archive_on_a_disk_that_is_read_only_is_refused()
    {
        using var disk = new TemporaryDisk("ro");
        await _app.With("ContainerArchiveOutputPath", $"{disk.Folder}/app.tar").RefusedAsync("CSDK8001");
    }

    [TestMethod]
    public async Task On_a_full_disk_a_folder_keeps_the_image_that_it_had()
    {
        using var disk = new TemporaryDisk("size=2m");
        await _app.With("ContainerRegistry", $"oci:{disk.Folder}/images").PublishAsync();
        var before = LayoutImages.Read($"{disk.Folder}/images", "app:latest").Descriptor.Digest;
        await _app.Publish("large.bin", Noise(4)).FailsAsync("CSDK8002");
        Assert.AreEqual(before, LayoutImages.Read($"{disk.Folder}/images", "app:latest").Descriptor.Digest);
        Assert.IsFalse(Directory.EnumerateFiles(disk.Folder, "*.partial", SearchOption.AllDirectories).Any());
    }

    [TestMethod]
    public async Task On_a_full_disk_an_archive_stays_as_it_was()
    {
        using var disk = new TemporaryDisk("size=2m");
        var archive = Path.Combine(disk.Folder, "app.tar");
        await File.WriteAllTextAsync(archive, "an older archive");
        await _app.Publish("large.bin", Noise(4)).With("ContainerArchiveOutputPath", archive).FailsAsync("CSDK8002");
        Assert.AreEqual("an older archive", await File.ReadAllTextAsync(archive));
        Assert.HasCount(1, Directory.EnumerateFileSystemEntries(disk.Folder));
    }

    [TestMethod]
    public async Task A_cache_on_a_disk_that_is_read_only_is_warned_of_and_done_without()
    {
        using var disk = new TemporaryDisk("ro");
        await _app.With("CacheFolder", disk.Folder).ImageAsync();
        Expect.Sequence(_app.Reporter.Warnings.Distinct(), "CSDK8003");
    }

    [TestMethod]
    public async Task A_cache_on_a_disk_that_is_full_is_an_error_and_leaves_nothing()
    {
        using var disk = new TemporaryDisk("size=1m");
        await _app.Publish("large.bin", Noise(4)).With("CacheFolder", disk.Folder).FailsAsync("CSDK8002");
        // The small layer had room, and is whole.
        Assert.IsEmpty(Directory.EnumerateFiles(disk.Folder, "*", SearchOption.AllDirectories).Where(AtomicFile.IsPartial));
        Assert.IsFalse(Directory.Exists(_app.Registry));
    }

    public void Dispose() => _app.Dispose();

    private static byte[] Noise(int megabytes)
    {
        var bytes = new byte[megabytes << 20];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
