using System.Buffers;
using System.Collections.Immutable;
using System.IO.Compression;
using Container.Sdk.Oci;

namespace Container.Sdk.Libraries;

/// <summary>The zip that a package is, from somebody who may want to harm: every entry is checked before any is read.</summary>
internal sealed class PackageArchive : IDisposable
{
    private const int MostEntries = 20_000;
    private const long MostBytes = 2L << 30;
    private const long AllowedRatio = 1000;
    private const long RatioMattersFrom = 1 << 20;
    private const int FileTypes = 0xF000, RegularFile = 0x8000, Directory = 0x4000;

    private readonly ZipArchive _zip;
    private readonly string _name;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    private PackageArchive(ZipArchive zip, string name) => (_zip, _name) = (zip, name);

    /// <summary>The files, in the order of the zip.</summary>
    public ImmutableArray<PackageFile> Files { get; private set; } = [];

    /// <summary>Opens a package.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedLibrary"/>, or <see cref="Diagnostics.FileMissing"/></exception>
    public static PackageArchive Open(string path, string name)
    {
        var file = OpenFile(path);
        try
        {
            if (ZipDirectory.Fault(file, MostEntries) is { } fault) throw Diagnostics.DamagedLibrary.Error(name, fault);
            var archive = new PackageArchive(new ZipArchive(file, ZipArchiveMode.Read), name);
            archive.ReadEntries();
            return archive;
        }
        catch (Exception e)
        {
            file.Dispose();
            if (IsDamage(e)) throw Diagnostics.DamagedLibrary.Error(e, name, $"its package is no zip that can be read, {e.Message}");
            throw;
        }
    }

    /// <summary>Writes the content of a file: as many bytes as were promised, or an exception.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedLibrary"/></exception>
    public void CopyTo(PackageFile file, Stream output)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            using var content = Try(file, _entries[file.Path].Open);
            long copied = 0;
            for (int n; (n = Try(file, () => content.Read(buffer))) > 0; output.Write(buffer, 0, n))
            {
                if ((copied += n) > file.Length) throw Damaged($"'{file.Path}' has more than the {file.Length} bytes that are promised");
            }
            if (copied < file.Length) throw Damaged($"'{file.Path}' has {copied} bytes, and {file.Length} are promised");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The content of a small file.</summary>
    public byte[] Read(PackageFile file, int limit)
    {
        if (file.Length > limit) throw Damaged($"'{file.Path}' has more than {limit} bytes");
        using var bytes = new MemoryStream();
        CopyTo(file, bytes);
        return bytes.ToArray();
    }

    /// <summary>The digest of a file's content.</summary>
    public Digest DigestOf(PackageFile file)
    {
        using var hash = new HashingStream(Stream.Null);
        CopyTo(file, hash);
        return hash.Digest();
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private void ReadEntries()
    {
        var tree = new EntryTree();
        var files = ImmutableArray.CreateBuilder<PackageFile>();
        long total = 0;
        foreach (var entry in _zip.Entries)
        {
            var isDirectory = entry.FullName.EndsWith('/');
            var path = Unescape(entry.FullName);
            if (tree.Add(isDirectory ? path[..^1] : path, isDirectory) is { } wrong) throw Damaged(wrong);
            CheckKind(entry, path, isDirectory);
            if ((total += entry.Length) > MostBytes) throw Damaged($"it expands to more than {MostBytes} bytes");
            if (isDirectory) continue;
            files.Add(new PackageFile(path, entry.Length));
            _entries.Add(path, entry);
        }
        Files = files.ToImmutable();
    }

    private void CheckKind(ZipArchiveEntry entry, string path, bool isDirectory)
    {
        var type = entry.ExternalAttributes >> 16 & FileTypes;
        if (type != 0 && type != (isDirectory ? Directory : RegularFile)) throw Damaged($"'{path}' is a link or a special file");
        if (entry.IsEncrypted) throw Damaged($"'{path}' is encrypted");
        if (isDirectory && entry.Length > 0) throw Damaged($"'{path}' is a file and a directory");
        if (entry.Length > RatioMattersFrom && entry.Length / AllowedRatio > entry.CompressedLength)
            throw Damaged($"'{path}' expands from {entry.CompressedLength} to {entry.Length} bytes");
    }

    // Packages are zips of the Open Packaging Conventions, where names are parts of addresses; NuGet unescapes them once.
    private static string Unescape(string name) => name.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(name) : name;

    private T Try<T>(PackageFile file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Diagnostics.DamagedLibrary.Error(e, _name, $"'{file.Path}' cannot be read, {e.Message}");
        }
    }

    private static bool IsDamage(Exception e) => e is InvalidDataException or EndOfStreamException or NotSupportedException;

    private ContainerException Damaged(string reason) => Diagnostics.DamagedLibrary.Error(_name, reason);

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Diagnostics.FileMissing.Error(e, path, e.Message);
        }
    }
}
