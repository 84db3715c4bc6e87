using System.Collections.Immutable;
using System.Globalization;

namespace Container.Sdk.Oci;

/// <summary>What a PAX extended header says of the entry behind it: <c>null</c> where it does not say.</summary>
internal sealed record PaxRecords(string? Path, string? LinkPath, long? Size, long? UserId, long? GroupId)
{
    /// <summary>Before the name of an extended attribute. star was the first to write them so.</summary>
    public const string AttributePrefix = "SCHILY.xattr.";

    private const int Most = 1000;

    public static PaxRecords None { get; } = new(null, null, null, null, null);

    public ImmutableSortedDictionary<string, ImmutableArray<byte>> Attributes { get; private init; } = TarHeader.NoAttributes;

    /// <summary>The keys of all records.</summary>
    public ImmutableArray<string> Keys { get; private init; } = [];

    /// <summary>Reads records of the form <c>length key=value\n</c>.</summary>
    /// <exception cref="FormatException">They are damaged, say a thing twice, or that the file is stored without its holes.</exception>
    public static PaxRecords Parse(ReadOnlySpan<byte> bytes)
    {
        var records = None;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (bytes.Length > 0)
        {
            var space = bytes.IndexOf((byte)' ');
            if (space is < 1 or > 7
                || !int.TryParse(bytes[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > bytes.Length || bytes[length - 1] != '\n')
                throw Damaged();
            var record = bytes[(space + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals < 1) throw Damaged();
            var key = Text(record[..equals]);
            // Some readers take the first, others the last.
            if (!keys.Add(key)) throw new FormatException($"has an extended header with '{key}' twice");
            if (keys.Count > Most) throw new FormatException($"has an extended header with more than {Most} records");
            records = records.With(key, record[(equals + 1)..]);
            bytes = bytes[length..];
        }
        return records with { Keys = [.. keys] };
    }

    // An empty value takes back what a global header said, which is not read.
    private PaxRecords With(string key, ReadOnlySpan<byte> value) => key switch
    {
        "path" => value.IsEmpty ? this : this with { Path = Text(value) },
        "linkpath" => value.IsEmpty ? this : this with { LinkPath = Text(value) },
        "size" => this with { Size = Number(key, value) },
        "uid" => value.IsEmpty ? this : this with { UserId = Number(key, value) },
        "gid" => value.IsEmpty ? this : this with { GroupId = Number(key, value) },
        _ when key.StartsWith(AttributePrefix, StringComparison.Ordinal) => this with { Attributes = Attributes.Add(key[AttributePrefix.Length..], [.. value]) },
        // Such a file has another name and another size than its headers say.
        _ when key.StartsWith("GNU.sparse.", StringComparison.Ordinal) => throw new FormatException("has a file that is stored without its holes"),
        _ => this,
    };

    private static long Number(string key, ReadOnlySpan<byte> value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"has an extended header with an impossible {key}");

    private static string Text(ReadOnlySpan<byte> bytes) => !bytes.Contains((byte)0) ? TarBlock.Text(bytes) : throw Damaged();

    private static FormatException Damaged() => new("has a damaged extended header");
}
