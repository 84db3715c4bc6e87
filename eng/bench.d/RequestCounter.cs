using System.Globalization;
using System.Text;

namespace Container.Sdk.Bench;

/// <summary>
/// Counts the HTTP/1.1 requests of one connection. Bodies are skipped by their length, so that nothing in them is taken for
/// a request. What is no HTTP (a client that tries TLS first) counts as none.
/// </summary>
internal sealed class RequestCounter
{
    private readonly StringBuilder _line = new();
    private long _body, _length;
    private bool _inHead, _chunked, _foreign;

    /// <summary>Reads what the client sent next.</summary>
    /// <returns>How many requests begin in it.</returns>
    public int Read(ReadOnlySpan<byte> bytes)
    {
        var begun = 0;
        while (bytes.Length > 0 && !_foreign)
        {
            if (_body > 0)
            {
                var skipped = (int)Math.Min(_body, bytes.Length);
                _body -= skipped;
                bytes = bytes[skipped..];
                continue;
            }
            var end = bytes.IndexOf((byte)'\n');
            _line.Append(Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]));
            if (end < 0) break;
            bytes = bytes[(end + 1)..];
            begun += Line(_line.ToString().TrimEnd('\r'));
            _line.Clear();
        }
        return begun;
    }

    private int Line(string line)
    {
        if (_inHead)
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) _length = long.Parse(line.AsSpan(15), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
            if (line.StartsWith("Transfer-Encoding:", StringComparison.OrdinalIgnoreCase)) _chunked = true;
            if (line.Length == 0) (_inHead, _body, _length) = (false, _length, 0);
            return 0;
        }
        if (_chunked)
        {
            // Each chunk is followed by an empty line, and the last one is empty.
            if (line.Length == 0) return 0;
            _body = long.Parse(line.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (_body == 0) _chunked = false;
            return 0;
        }
        if (line.Length == 0) return 0;
        _foreign = !line.EndsWith(" HTTP/1.1", StringComparison.Ordinal);
        _inHead = true;
        return _foreign ? 0 : 1;
    }
}
