using System.Text;

namespace Container.Sdk.Testing;

/// <summary>Entries of a layer, whose files lie in a folder of the test.</summary>
public sealed class LayerFiles : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly List<LayerEntry> _entries = [];

    public IReadOnlyList<LayerEntry> Entries => _entries;

    public string Folder => _folder.Path;

    public LayerFiles File(string path, string content = "", UnixFileMode mode = LayerEntry.DataMode) => File(path, Encoding.UTF8.GetBytes(content), mode);

    public LayerFiles File(string path, byte[] content, UnixFileMode mode = LayerEntry.DataMode) =>
        Add(new LayerEntry(path, FileHashing.Read(_folder.Write($"file{_entries.Count}", content)), mode));

    public LayerFiles Link(string path, string target) => Add(new LayerEntry(path, null, LayerEntry.LinkMode, target));

    public LayerFiles Directory(string path, UnixFileMode mode = LayerEntry.ProgramMode) => Add(new LayerEntry(path, null, mode));

    public LayerFiles Add(LayerEntry entry)
    {
        _entries.Add(entry);
        return this;
    }

    public byte[] Tar()
    {
        using var bytes = new MemoryStream();
        LayerTar.Write(_entries, bytes, CancellationToken.None);
        return bytes.ToArray();
    }

    public void Dispose() => _folder.Dispose();
}
