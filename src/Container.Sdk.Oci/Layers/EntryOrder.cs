using System.Text;

namespace Container.Sdk.Oci;

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
