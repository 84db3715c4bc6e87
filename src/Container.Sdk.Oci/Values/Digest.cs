using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Container.Sdk.Oci;

/// <summary>
/// A digest, checked when it was made: <c>sha256:</c> and 64, or <c>sha512:</c> and 128, lower-case hexadecimal digits.
/// Whoever holds one can put it into a path or an address. See the OCI image specification, descriptor.md, "Digests".
/// </summary>
public sealed record Digest
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private Digest(string algorithm, string hex) => (Algorithm, Hex) = (algorithm, hex);

    /// <summary><c>sha256</c> or <c>sha512</c>.</summary>
    public string Algorithm { get; }

    /// <summary>The hash in lower-case hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>Reads a digest.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidDigest"/></exception>
    public static Digest Parse(string? text) => TryParse(text, out var digest) ? digest : throw Diagnostics.InvalidDigest.Error(text ?? "");

    /// <summary>Reads a digest where <paramref name="text"/> is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Digest? digest)
    {
        digest = null;
        if (text is null || text.Length < 7 || text[6] != ':') return false;
        var (algorithm, hex) = (text[..6], text[7..]);
        var length = algorithm switch { "sha256" => 64, "sha512" => 128, _ => -1 };
        if (hex.Length != length || hex.AsSpan().ContainsAnyExcept(LowerHex)) return false;
        digest = new Digest(algorithm, hex);
        return true;
    }

    /// <summary>The SHA-256 digest of <paramref name="content"/>.</summary>
    public static Digest Of(ReadOnlySpan<byte> content) => FromHash(SHA256.HashData(content));

    /// <summary>The digest whose SHA-256 hash is <paramref name="hash"/> (32 bytes).</summary>
    public static Digest FromHash(ReadOnlySpan<byte> hash) => new("sha256", Convert.ToHexStringLower(hash));

    /// <summary>A hash that computes digests of this algorithm.</summary>
    public IncrementalHash CreateHash() =>
        IncrementalHash.CreateHash(Algorithm == "sha512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);

    /// <summary>The first twelve digits, for people.</summary>
    public string Abbreviated => Hex[..12];

    /// <inheritdoc/>
    public override string ToString() => $"{Algorithm}:{Hex}";
}
