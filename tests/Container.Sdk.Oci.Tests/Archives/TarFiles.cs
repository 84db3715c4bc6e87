using System.Formats.Tar;

namespace Container.Sdk.Oci.Tests.Archives;

/// <summary>Reads a tar with the framework's reader, which shares no code with ours.</summary>
internal static class TarFiles
{
    public static IReadOnlyList<TarEntry> Entries(byte[] tar)
    {
        using var reader = new TarReader(new MemoryStream(tar));
        var entries = new List<TarEntry>();
        while (reader.GetNextEntry(copyData: true) is { } entry) entries.Add(entry);
        return entries;
    }

    public static List<(string Name, byte[] Content)> Read(byte[] tar) =>
        [.. Entries(tar).Where(e => e.EntryType == TarEntryType.RegularFile).Select(e => (e.Name, Bytes(e.DataStream)))];

    private static byte[] Bytes(Stream? content)
    {
        using var bytes = new MemoryStream();
        content?.CopyTo(bytes);
        return bytes.ToArray();
    }
}
