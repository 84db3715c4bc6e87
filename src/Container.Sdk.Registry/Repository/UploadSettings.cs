using System.Globalization;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>How blobs are sent to a registry: what the environment says, and what the registry has taught so far.</summary>
internal sealed class UploadSettings : IDisposable
{
    /// <summary>The size of pieces where whole blobs are too large. ECR takes no smaller ones.</summary>
    public const int UsualChunk = 5 << 20;

    /// <summary>What GHCR takes at most in one piece.</summary>
    public const int SmallChunk = 4 << 20;

    private volatile UploadWay _way;
    private long _tooLarge = long.MaxValue;

    public UploadSettings(RegistryHost host, Func<string, string?> environment)
    {
        Parallel = new SemaphoreSlim(IsOff("REGISTRY_PARALLEL_UPLOAD") ? 1 : IsEcr(host) ? 2 : 6);
        _way = IsOn("DEBUG_REGISTRY_FORCE_CHUNKED_UPLOAD") ? UploadWay.Pieces : UploadWay.Whole;
        var chunk = Variable("REGISTRY_CHUNKED_UPLOAD_SIZE_BYTES");
        Chunk = int.TryParse(chunk, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size : null;

        string? Variable(string name) => environment("DOTNET_CONTAINER_" + name) is { Length: > 0 } value ? value : environment("SDK_CONTAINER_" + name);
        bool IsOff(string name) => Variable(name) is "0" or "false" or "False" or "FALSE";
        bool IsOn(string name) => Variable(name) is "1" or "true" or "True" or "TRUE";
    }

    /// <summary>Lets so many uploads through as the registry bears. ECR fails with many (dotnet/sdk-container-builds#424).</summary>
    public SemaphoreSlim Parallel { get; }

    /// <summary>The size of a piece that the user wants, or <c>null</c>.</summary>
    public int? Chunk { get; }

    /// <summary>Whether the registry gives no consent before a body: it refuses to (417), or lets us wait in vain.</summary>
    public bool NeverExpect { get; set; }

    /// <summary>The way that is tried first for a blob.</summary>
    public UploadWay WayFor(long size) => size >= Interlocked.Read(ref _tooLarge) && _way != UploadWay.Pieces ? UploadWay.Pieces : _way;

    /// <summary>Remembers that the registry takes only pieces of blobs of this size.</summary>
    /// <returns>Whether this is news.</returns>
    public bool LearnTooLarge(long size)
    {
        var known = Interlocked.Read(ref _tooLarge);
        if (size < known) Interlocked.Exchange(ref _tooLarge, size);
        return known == long.MaxValue;
    }

    /// <summary>Remembers that the registry wants blobs in a PATCH.</summary>
    /// <returns>Whether this is news.</returns>
    public bool LearnPatch()
    {
        if (_way != UploadWay.Whole) return false;
        _way = UploadWay.Patch;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => Parallel.Dispose();

    // 123456789012.dkr.ecr.eu-central-1.amazonaws.com
    private static bool IsEcr(RegistryHost host) =>
        host.Value.Contains(".dkr.ecr", StringComparison.Ordinal) && host.Value.Contains(".amazonaws.com", StringComparison.Ordinal);
}

/// <summary>The ways to send a blob.</summary>
internal enum UploadWay
{
    /// <summary>One PUT.</summary>
    Whole,

    /// <summary>One PATCH, and an empty PUT.</summary>
    Patch,

    /// <summary>Several PATCHes, and an empty PUT.</summary>
    Pieces,
}
