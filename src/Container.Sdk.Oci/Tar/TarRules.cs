namespace Container.Sdk.Oci;

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
