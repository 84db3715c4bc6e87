using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace Container.Sdk.Oci;

/// <summary>
/// An open archive. It stays open until it is disposed of, so that what is read later is the same file, also where
/// somebody puts another one in its place.
/// </summary>
internal sealed class ArchiveFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly TarIndex _index;

    private ArchiveFile(string name, SafeFileHandle file, TarIndex index) => (Name, _file, _index) = (name, file, index);

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>Opens the archive at <paramref name="path"/>.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedArchive"/> or <see cref="Diagnostics.ImageNotFound"/></exception>
    public static async Task<ArchiveFile> OpenAsync(string path, string temporaryFolder, CancellationToken cancellation)
    {
        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(path, options: FileOptions.Asynchronous | FileOptions.RandomAccess, share: FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Diagnostics.ImageNotFound.Error(e, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Diagnostics.DamagedArchive.Error(e, path, e.Message.TrimEnd('.'));
        }
        return await OpenAsync(path, file, temporaryFolder, cancellation).ConfigureAwait(false);
    }

    /// <summary>Opens an archive that <paramref name="write"/> writes; it is gone when this is disposed of.</summary>
    public static async Task<ArchiveFile> ReceiveAsync(
        string name, string temporaryFolder, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        var file = TemporaryFile.Create(temporaryFolder);
        try
        {
            await write(new AppendStream(file, temporaryFolder), cancellation).ConfigureAwait(false);
        }
        catch
        {
            file.Dispose();
            throw;
        }
        return await OpenAsync(name, file, temporaryFolder, cancellation).ConfigureAwait(false);
    }

    private static async Task<ArchiveFile> OpenAsync(string name, SafeFileHandle file, string temporaryFolder, CancellationToken cancellation)
    {
        try
        {
            var start = new byte[2];
            if (RandomAccess.Read(file, start, 0) == 2 && GzipReader.IsGzip(start)) file = await ExpandAsync(file, temporaryFolder, cancellation).ConfigureAwait(false);
            return new ArchiveFile(name, file, TarIndex.Read(file, cancellation));
        }
        catch (Exception e)
        {
            file.Dispose();
            if (e is FormatException or IOException) throw Diagnostics.DamagedArchive.Error(e, name, e.Message.TrimEnd('.'));
            throw;
        }
    }

    private static async Task<SafeFileHandle> ExpandAsync(SafeFileHandle compressed, string temporaryFolder, CancellationToken cancellation)
    {
        using var _ = compressed;
        var expanded = TemporaryFile.Create(temporaryFolder);
        try
        {
            await GzipArchive.ExpandAsync(compressed, new AppendStream(expanded, temporaryFolder), cancellation).ConfigureAwait(false);
            return expanded;
        }
        catch
        {
            expanded.Dispose();
            throw;
        }
    }

    /// <summary>The file of that name, or <c>null</c>.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedArchive"/></exception>
    public TarEntry? Find(string name)
    {
        try
        {
            return _index.Find(TarNames.Normalize(name));
        }
        catch (FormatException e)
        {
            throw Damaged(e.Message);
        }
    }

    /// <summary>The file of that name.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedArchive"/></exception>
    public TarEntry Get(string name) => Find(name) ?? throw Damaged($"'{name}' is missing");

    /// <summary>The blob that an OCI layout keeps for a descriptor.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedArchive"/></exception>
    public TarEntry GetBlob(Descriptor descriptor)
    {
        var entry = Get(ArchiveNames.Blob(descriptor.Digest));
        return entry.Size == descriptor.Size ? entry : throw Damaged($"'{entry.Name}' has {entry.Size} bytes where {descriptor.Size} are promised");
    }

    /// <summary>The bytes of an entry as they are.</summary>
    public Stream Open(TarEntry entry) => new RangeStream(_file, entry.Offset, entry.Size);

    /// <summary>The bytes of an entry, checked while they are read.</summary>
    public VerifiedStream Open(TarEntry entry, Descriptor expected) => new(Open(entry), expected, Name);

    /// <summary>A small document.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedArchive"/></exception>
    public byte[] ReadDocument(TarEntry entry)
    {
        if (entry.Size > ImageManifest.LargestSize) throw Diagnostics.TooLarge.Error(entry.Name, Name, ImageManifest.LargestSize);
        var bytes = new byte[entry.Size];
        using var content = Open(entry);
        if (content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw Damaged($"'{entry.Name}' is cut off");
        return Text(bytes, entry.Name);
    }

    /// <summary>A document that a descriptor points to.</summary>
    public async Task<byte[]> ReadBlobAsync(Descriptor descriptor, CancellationToken cancellation)
    {
        var content = Open(GetBlob(descriptor), descriptor);
        await using var _ = content.ConfigureAwait(false);
        return Text(await content.ReadAllAsync(ImageManifest.LargestSize, cancellation).ConfigureAwait(false), descriptor.Digest.ToString());
    }

    // The JSON reader takes other bytes, and throws only where a string is asked for.
    private byte[] Text(byte[] bytes, string name) => Utf8.IsValid(bytes) ? bytes : throw Damaged($"'{name}' is no text");

    /// <summary>The exception to throw where the archive is not what it should be.</summary>
    public ContainerException Damaged(string what) => Diagnostics.DamagedArchive.Error(Name, what);

    public void Dispose() => _file.Dispose();
}
