using System.IO.Compression;

namespace Container.Sdk.Oci;

/// <summary>
/// Expands gzip (RFC 1952) of which nothing is known yet: one member or several, each of them whole, and nothing else up to the end
/// of the source. The framework's own stream takes a source that is cut off for a short one, and overlooks what follows the last
/// member. It has a switch against the first, System.IO.Compression.UseStrictValidation, but for the whole process, which is not
/// ours. So one more member is read behind those of the source: it comes out whole only where all before it was.
/// </summary>
public sealed class GzipReader : ReadOnlyStream
{
    private static readonly byte[] LastContent = "the last member"u8.ToArray();
    private static readonly byte[] LastMember = Compress(LastContent);

    private readonly Source _source;
    private readonly GZipStream _gzip;
    private int _lastRead;
    private bool _isAtEnd;

    /// <summary>Expands a stream.</summary>
    /// <param name="compressed">The gzip; it is read to its end.</param>
    /// <param name="leaveOpen">Whether it is left open when this is disposed of.</param>
    public GzipReader(Stream compressed, bool leaveOpen = false)
    {
        _source = new Source(compressed, leaveOpen);
        _gzip = new GZipStream(_source, CompressionMode.Decompress);
    }

    /// <summary>Whether content that starts so is gzip.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> start) => start.StartsWith([(byte)0x1F, (byte)0x8B]);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">It is no gzip, is damaged, is cut off, or something follows its end. What was read before is not to be believed either.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_isAtEnd && !buffer.IsEmpty)
        {
            int n;
            try { n = _gzip.Read(buffer); }
            catch (InvalidDataException e) { throw Damaged(e); }
            if (IsContent(buffer[..n])) return n;
        }
        return 0;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">As above.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_isAtEnd && !buffer.IsEmpty)
        {
            int n;
            try { n = await _gzip.ReadAsync(buffer, cancellationToken).ConfigureAwait(false); }
            catch (InvalidDataException e) { throw Damaged(e); }
            if (IsContent(buffer.Span[..n])) return n;
        }
        return 0;
    }

    // Whether what was read belongs to the source, and not to the member behind it.
    private bool IsContent(ReadOnlySpan<byte> bytes)
    {
        if (!_source.HasEnded)
        {
            // Behind a member, only something that is none ends the framework's reading before the source ends.
            if (bytes.IsEmpty) throw new InvalidDataException("its gzip goes on after its end");
            return true;
        }
        if (!LastContent.AsSpan(_lastRead).StartsWith(bytes) || (bytes.IsEmpty && _lastRead < LastContent.Length)) throw Damaged();
        _lastRead += bytes.Length;
        _isAtEnd = bytes.IsEmpty;
        return false;
    }

    private InvalidDataException Damaged(Exception? e = null) => new(_source.HasEnded ? "its gzip is cut off" : "its gzip is damaged", e);

    private static byte[] Compress(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content);
        return bytes.ToArray();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }

    private sealed class Source(Stream compressed, bool leaveOpen) : ReadOnlyStream
    {
        private bool _hasBytes;
        private int _lastAt;

        public bool HasEnded { get; private set; }

        public override int Read(Span<byte> buffer) => HasEnded || !Continues(compressed.Read(buffer), buffer.Length, out var n) ? ReadLast(buffer) : n;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            HasEnded || !Continues(await compressed.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length, out var n) ? ReadLast(buffer.Span) : n;

        private bool Continues(int read, int asked, out int n)
        {
            n = read;
            HasEnded = read == 0 && asked > 0;
            if (HasEnded && !_hasBytes) throw new InvalidDataException("it is empty");
            _hasBytes |= read > 0;
            return !HasEnded;
        }

        private int ReadLast(Span<byte> buffer)
        {
            var n = Math.Min(buffer.Length, LastMember.Length - _lastAt);
            LastMember.AsSpan(_lastAt, n).CopyTo(buffer);
            _lastAt += n;
            return n;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !leaveOpen) compressed.Dispose();
            base.Dispose(disposing);
        }
    }
}
