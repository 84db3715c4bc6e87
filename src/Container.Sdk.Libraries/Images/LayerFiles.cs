using Container.Sdk.Oci;

namespace Container.Sdk.Libraries;

/// <summary>Reads the files of a library's layer, and refuses whatever such a layer has no need of.</summary>
internal static class LayerFiles
{
    private const int MostEntries = 20_000;

    /// <summary>Reads a layer to its end.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="folder">The one folder at its root.</param>
    /// <param name="name">What the image is called, for messages.</param>
    /// <param name="take">Takes a file: its path, and what copies its content. It throws <see cref="FormatException"/> where the file should not be there.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedLibrary"/>, or what the layer's content says is wrong with it.</exception>
    public static async Task ReadAsync(ImageLayer layer, string folder, string name, Func<string, Func<Stream, Task>, Task> take, CancellationToken cancellation)
    {
        var bytes = await LayerStream.OpenAsync(layer, name, cancellation).ConfigureAwait(false);
        await using (bytes.ConfigureAwait(false))
        {
            try
            {
                await ReadEntriesAsync(bytes, folder, take, cancellation).ConfigureAwait(false);
            }
            catch (FormatException e)
            {
                throw bytes.Damaged(e.Message);
            }
            await bytes.FinishAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static async Task ReadEntriesAsync(LayerStream bytes, string folder, Func<string, Func<Stream, Task>, Task> take, CancellationToken cancellation)
    {
        var tree = new EntryTree();
        string? extended = null;
        var block = new byte[TarHeader.BlockSize];
        for (var entries = 0; await bytes.FillAsync(block, cancellation).ConfigureAwait(false) && block.AsSpan().ContainsAnyExcept((byte)0); entries++)
        {
            if (entries == MostEntries) throw new FormatException($"has more than {MostEntries} entries");
            var header = LayerHeader.Parse(block);
            if (header.IsExtension)
            {
                if (extended is not null) throw new FormatException("has two extended headers for one entry");
                extended = LayerHeader.PathIn(await ReadContentAsync(bytes, header.Size, cancellation).ConfigureAwait(false)) ?? "";
                continue;
            }
            var path = Check(tree, extended is { Length: > 0 } ? extended : header.Name, header.Type == '5', folder);
            extended = null;
            if (header.Type != '5') await take(path, output => CopyAsync(bytes, header.Size, output, cancellation)).ConfigureAwait(false);
        }
        if (extended is not null) throw new FormatException("ends with an extended header");
    }

    private static string Check(EntryTree tree, string name, bool isDirectory, string folder)
    {
        if (isDirectory != name.EndsWith('/')) throw new FormatException($"has '{name}', which is a file and a directory");
        var path = isDirectory ? name[..^1] : name;
        if (tree.Add(path, isDirectory) is { } fault) throw new FormatException($"is refused: {fault}");
        if (!path.StartsWith(folder + "/", StringComparison.Ordinal) && !(isDirectory && path == folder)) throw new FormatException($"has '{name}', which is not in '{folder}/'");
        return path;
    }

    private static async Task<byte[]> ReadContentAsync(LayerStream bytes, long size, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        await CopyAsync(bytes, size, content, cancellation).ConfigureAwait(false);
        return content.ToArray();
    }

    private static async Task CopyAsync(LayerStream bytes, long size, Stream output, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        for (var left = size; left > 0;)
        {
            var n = await bytes.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellation).ConfigureAwait(false);
            if (n == 0) throw new FormatException("is cut off");
            await output.WriteAsync(buffer.AsMemory(0, n), cancellation).ConfigureAwait(false);
            left -= n;
        }
        var padding = TarHeader.Padding(size);
        if (padding > 0 && !await bytes.FillAsync(buffer.AsMemory(0, padding), cancellation).ConfigureAwait(false)) throw new FormatException("is cut off");
    }
}
