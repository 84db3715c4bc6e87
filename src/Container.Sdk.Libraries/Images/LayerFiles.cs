using Container.Sdk.Oci;

namespace Container.Sdk.Libraries;

/// <summary>Reads the files of a library's layer, and refuses whatever such a layer has no need of.</summary>
internal static class LayerFiles
{
    private const int SetIdBits = 0xE00; // 07000

    private static readonly TarRules Rules = new(MostHeaders: 20_000, LargestExtension: 64 << 10, MostExtensionBytes: 64 << 20, IsForeign: false);

    /// <summary>Reads a layer to its end.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="folder">The one folder at its root.</param>
    /// <param name="name">What the image is called, for messages.</param>
    /// <param name="take">Takes a file: its path, and its content. It throws <see cref="FormatException"/> where the file should not be there.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedLibrary"/>, or what the layer's content says is wrong with it.</exception>
    public static async Task ReadAsync(ImageLayer layer, string folder, string name, Func<string, Stream, Task> take, CancellationToken cancellation)
    {
        var bytes = await LayerStream.OpenAsync(layer, name, cancellation).ConfigureAwait(false);
        await using (bytes.ConfigureAwait(false))
        {
            try
            {
                await ReadEntriesAsync(new TarHeaderReader(bytes, Rules), folder, take, cancellation).ConfigureAwait(false);
            }
            catch (FormatException e)
            {
                throw bytes.Damaged(e.Message);
            }
            await bytes.FinishAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static async Task ReadEntriesAsync(TarHeaderReader reader, string folder, Func<string, Stream, Task> take, CancellationToken cancellation)
    {
        var tree = new EntryTree();
        while (await reader.NextAsync(cancellation).ConfigureAwait(false) is { } header)
        {
            foreach (var extension in reader.Extensions) Check(extension);
            CheckRights(header);
            if (header.Kind is not (TarEntryKind.File or TarEntryKind.Directory)) throw new FormatException($"has '{header.Name}', which is neither a file nor a directory");
            var path = Check(tree, header.Name, header.Kind == TarEntryKind.Directory, folder);
            if (header.Kind == TarEntryKind.File) await take(path, reader.Content).ConfigureAwait(false);
        }
    }

    // PAX is there for long names; times do not matter.
    private static void Check(TarExtension extension)
    {
        CheckRights(extension.Header);
        if (extension.Keys.FirstOrDefault(k => k is not ("path" or "mtime" or "atime" or "ctime")) is { } key) throw new FormatException($"has an extended header with '{key}'");
    }

    private static void CheckRights(TarHeader header)
    {
        if ((header.Mode & SetIdBits) != 0) throw new FormatException($"has '{header.Name}' with more rights than a file of a library needs");
    }

    private static string Check(EntryTree tree, string name, bool isDirectory, string folder)
    {
        if (isDirectory != name.EndsWith('/')) throw new FormatException($"has '{name}', which is a file and a directory");
        var path = isDirectory ? name[..^1] : name;
        if (tree.Add(path, isDirectory) is { } fault) throw new FormatException($"is refused: {fault}");
        if (!path.StartsWith(folder + "/", StringComparison.Ordinal) && !(isDirectory && path == folder)) throw new FormatException($"has '{name}', which is not in '{folder}/'");
        return path;
    }
}
