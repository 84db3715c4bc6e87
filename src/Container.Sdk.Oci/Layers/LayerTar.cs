using System.Buffers;
using System.Security.Cryptography;

namespace Container.Sdk.Oci;

/// <summary>Writes entries as the tar of a layer; the bytes are a pure function of the entries.</summary>
public static class LayerTar
{
    /// <summary>
    /// Writes <paramref name="entries"/> in <see cref="EntryOrder"/>, each parent directory once and before its children,
    /// and two zero blocks at the end.
    /// </summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.FileMissing"/>, or <see cref="Diagnostics.FileChanged"/> where a
    /// file is no longer what its digest says.</exception>
    public static void Write(IEnumerable<LayerEntry> entries, Stream output, CancellationToken cancellation)
    {
        var directories = new HashSet<string>(StringComparer.Ordinal);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            foreach (var entry in entries.OrderBy(e => e.Path, EntryOrder.Instance))
            {
                cancellation.ThrowIfCancellationRequested();
                WriteParents(entry.Path, directories, output);
                if (entry.LinkTarget is { } target)
                    new TarHeader(entry.Path, TarEntryKind.SymbolicLink, 0, (int)entry.Mode, entry.UserId, entry.GroupId, target).WriteTo(output);
                else if (entry.Content is { } content)
                    WriteFile(entry, content, output, buffer, cancellation);
                else if (directories.Add(entry.Path))
                    new TarHeader(entry.Path + "/", TarEntryKind.Directory, 0, (int)entry.Mode, entry.UserId, entry.GroupId).WriteTo(output);
            }
            output.Write(new byte[2 * TarHeader.BlockSize]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void WriteParents(string path, HashSet<string> written, Stream output)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (written.Add(path[..slash]))
                new TarHeader(path[..(slash + 1)], TarEntryKind.Directory, 0, (int)LayerEntry.ProgramMode).WriteTo(output);
        }
    }

    private static void WriteFile(LayerEntry entry, FileContent content, Stream output, byte[] buffer, CancellationToken cancellation)
    {
        new TarHeader(entry.Path, TarEntryKind.File, content.Length, (int)entry.Mode, entry.UserId, entry.GroupId).WriteTo(output);
        using var file = FileHashing.OpenForReading(content.Source);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long copied = 0;
        int n;
        while ((n = file.Read(buffer)) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            copied += n;
            if (copied > content.Length) break;
            hash.AppendData(buffer.AsSpan(0, n));
            output.Write(buffer.AsSpan(0, n));
        }
        // The layer's key was made of the digest; a file that is being written to would be stored under a wrong key.
        if (copied != content.Length || Digest.FromHash(hash.GetHashAndReset()) != content.Digest)
            throw Diagnostics.FileChanged.Error(content.Source);
        output.Write(new byte[TarHeader.Padding(copied)]);
    }
}
