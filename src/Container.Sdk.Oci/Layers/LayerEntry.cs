using System.Text;

namespace Container.Sdk.Oci;

/// <summary>One entry of a layer, without its parent directories.</summary>
/// <param name="Path">Path in the image, without a leading <c>/</c>, parts separated by <c>/</c>.</param>
/// <param name="Content">The file's bytes; <c>null</c> for a symbolic link and a directory.</param>
/// <param name="Mode">Permission bits.</param>
/// <param name="LinkTarget">Where a symbolic link leads; <c>null</c> for everything else.</param>
public sealed record LayerEntry(string Path, FileContent? Content, UnixFileMode Mode, string? LinkTarget = null)
{
    /// <summary>Mode of directories and programs: 0755.</summary>
    public const UnixFileMode ProgramMode = (UnixFileMode)0x1ED;

    /// <summary>Mode of every other file: 0644.</summary>
    public const UnixFileMode DataMode = (UnixFileMode)0x1A4;

    /// <summary>Mode of symbolic links, as Linux and Docker have it: 0777.</summary>
    public const UnixFileMode LinkMode = (UnixFileMode)0x1FF;

    /// <summary>Owner.</summary>
    public int UserId { get; init; }

    /// <summary>Group.</summary>
    public int GroupId { get; init; }
}

/// <summary>The bytes of a file that is to be packed, known by size and digest before it is read again.</summary>
/// <param name="Source">Absolute path on this machine.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Digest">Digest of the bytes.</param>
public sealed record FileContent(string Source, long Length, Digest Digest);

/// <summary>
/// The order of a layer's entries: part by part, each part by its UTF-8 bytes, so that a directory's content comes
/// right behind it. It is the order in which Docker and BuildKit walk a folder, which makes a <c>COPY</c> of these
/// files give the same tar. (A plain comparison of whole paths would put <c>a.txt</c> between <c>a</c> and <c>a/b</c>.)
/// </summary>
public sealed class EntryOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static EntryOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var (a, b) = (Encoding.UTF8.GetBytes(x ?? ""), Encoding.UTF8.GetBytes(y ?? ""));
        for (var i = 0; i < a.Length && i < b.Length; i++)
        {
            if (a[i] == b[i]) continue;
            // The separator comes before every other byte.
            return a[i] == '/' ? -1 : b[i] == '/' ? 1 : a[i] - b[i];
        }
        return a.Length - b.Length;
    }
}
