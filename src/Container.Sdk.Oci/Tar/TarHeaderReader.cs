using System.Collections.Immutable;

namespace Container.Sdk.Oci;

/// <summary>
/// Reads a tar of which nothing is known yet, header by header: ustar, PAX, and GNU's long names. The framework's reader takes a header's
/// word for how long a name is, so that some hundred KiB make it allocate gigabytes; here <see cref="TarRules"/> are the bound.
/// What a tar can be read as in two ways is refused. Which names and kinds may be there is for the caller to say.
/// </summary>
/// <param name="tar">The tar, from its start; it is read no further than to its end marker, and stays open. One that can seek is not read where nobody asks for the content.</param>
/// <param name="rules">What is taken.</param>
/// <remarks>Messages of <see cref="FormatException"/> are predicates: "is cut off", "has a damaged header at byte 512".</remarks>
#pragma warning disable CA1001 // The stream that it has is over another one, which is not its own to close.
public sealed class TarHeaderReader(Stream tar, TarRules rules)
#pragma warning restore CA1001
{
    private readonly TarContent _content = new(tar);
    private readonly TarHeaderParser _parser = new(rules);
    private readonly byte[] _block = new byte[TarHeader.BlockSize];
    private bool _hasEnded;

    /// <summary>The content of the entry that was read last. What is left of it is passed over when the next one is read.</summary>
    /// <exception cref="FormatException">While it is read: it is cut off.</exception>
    public Stream Content => _content;

    /// <summary>Where in the tar that content starts, in bytes, as long as nothing of it was read.</summary>
    public long Position => _content.At;

    /// <summary>The extended headers of the entry that was read last, for those who do not take all of them.</summary>
    public ImmutableArray<TarExtension> Extensions => _parser.Extensions;

    /// <summary>Whether the tar ended with a block of zeros, as it should. Some writers leave that away: then nobody knows whether something is missing.</summary>
    public bool HasEndMarker { get; private set; }

    /// <summary>Reads the next entry. Its name and the target of a link are as the tar has them; times are not read.</summary>
    /// <returns><c>null</c> at the end.</returns>
    /// <exception cref="FormatException">It is damaged or cut off, or goes beyond the rules.</exception>
    public TarHeader? Next()
    {
        _parser.Clear();
        while (!_hasEnded)
        {
            if (Parse(_content.ReadBlock(_block)) is not { } header) break;
            if (Open(header) is { } entry) return entry;
            var extension = new byte[header.Size];
            _content.ReadExactly(extension);
            _parser.Extend(header, extension);
        }
        return null;
    }

    /// <summary>Reads the next entry, as <see cref="Next"/>.</summary>
    /// <exception cref="FormatException">As above.</exception>
    public async ValueTask<TarHeader?> NextAsync(CancellationToken cancellation)
    {
        _parser.Clear();
        while (!_hasEnded)
        {
            if (Parse(await _content.ReadBlockAsync(_block, cancellation).ConfigureAwait(false)) is not { } header) break;
            if (Open(header) is { } entry) return entry;
            var extension = new byte[header.Size];
            await _content.ReadExactlyAsync(extension, cancellation).ConfigureAwait(false);
            _parser.Extend(header, extension);
        }
        return null;
    }

    private TarHeader? Parse(bool hasBlock)
    {
        var header = hasBlock ? _parser.Parse(_block, _content.At - TarHeader.BlockSize) : null;
        if (header is not null) return header;
        (_hasEnded, HasEndMarker) = (true, hasBlock);
        return !_parser.IsWaiting ? null : throw new FormatException("ends with an extended header");
    }

    // Null where it is an extended header, whose content is open then.
    private TarHeader? Open(TarHeader header)
    {
        var entry = _parser.IsExtension(header) ? null : _parser.Complete(header);
        _content.Open(entry ?? header);
        return entry;
    }
}

/// <summary>What <see cref="TarHeaderReader"/> takes of a tar. All else of a tar, above all its names, is for whoever reads it to judge.</summary>
/// <param name="MostHeaders">Headers, extended ones among them.</param>
/// <param name="LargestExtension">Bytes of an extended header, which is read into memory.</param>
/// <param name="MostExtensionBytes">Bytes of all extended headers together.</param>
/// <param name="IsForeign">
/// Whether what only other writers have is understood: GNU's long names and binary numbers, global headers, and checksums over signed
/// bytes. Otherwise such numbers and checksums are damage, and such headers come out as entries of a kind without a name.
/// </param>
public sealed record TarRules(int MostHeaders, int LargestExtension, long MostExtensionBytes, bool IsForeign)
{
    /// <summary>Rules for a layer that anybody wrote: a whole operating system fits, with an extended header for each of its files.</summary>
    public static TarRules Layer { get; } = new(MostHeaders: 5_000_000, LargestExtension: 1 << 20, MostExtensionBytes: 1L << 30, IsForeign: true);
}

/// <summary>An extended header, which says more of the entry behind it.</summary>
/// <param name="Header">Its own header; the kind is <c>x</c> or <c>g</c> (PAX), <c>L</c> or <c>K</c> (GNU).</param>
/// <param name="Keys">The keys of its records, for <c>x</c>; of all others none.</param>
public sealed record TarExtension(TarHeader Header, System.Collections.Immutable.ImmutableArray<string> Keys);
