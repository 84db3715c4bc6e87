using System.Globalization;
using System.Text;

namespace Container.Sdk.Oci;

/// <summary>What a PAX extended header says of the entry after it; only what matters here is kept.</summary>
internal sealed record PaxRecords(string? Path, string? LinkPath, long? Size)
{
    public static PaxRecords None { get; } = new(null, null, null);

    /// <summary>Reads records of the form <c>length key=value\n</c>.</summary>
    /// <exception cref="FormatException">They are damaged.</exception>
    public static PaxRecords Parse(ReadOnlySpan<byte> bytes)
    {
        var records = None;
        while (bytes.Length > 0)
        {
            var space = bytes.IndexOf((byte)' ');
            if (space is < 1 or > 7
                || !int.TryParse(bytes[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > bytes.Length || bytes[length - 1] != '\n')
                throw new FormatException("an extended header is damaged");
            var record = bytes[(space + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals < 1) throw new FormatException("an extended header is damaged");
            records = records.With(record[..equals], record[(equals + 1)..]);
            bytes = bytes[length..];
        }
        return records;
    }

    private PaxRecords With(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("path"u8)) return this with { Path = Encoding.UTF8.GetString(value) };
        if (key.SequenceEqual("linkpath"u8)) return this with { LinkPath = Encoding.UTF8.GetString(value) };
        if (!key.SequenceEqual("size"u8)) return this;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? this with { Size = size }
            : throw new FormatException("an extended header has an impossible size");
    }
}
