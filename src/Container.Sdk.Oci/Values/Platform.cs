namespace Container.Sdk.Oci;

/// <summary>The platform of an image, as the OCI image specification has it (image-index.md, "platform").</summary>
/// <param name="Os">Operating system, as Go names it: <c>linux</c>, <c>windows</c>.</param>
/// <param name="Architecture">Architecture, as Go names it: <c>amd64</c>, <c>arm64</c>, …</param>
/// <param name="Variant">Variant of the architecture, for example <c>v7</c>; or <c>null</c>.</param>
/// <param name="OsVersion">Version of the operating system (Windows only); or <c>null</c>.</param>
public sealed record Platform(string Os, string Architecture, string? Variant = null, string? OsVersion = null)
{
    /// <summary>The platform that apps of the runtime identifier run on.</summary>
    /// <param name="rid">A .NET runtime identifier, for example <c>linux-musl-arm64</c>.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.UnknownPlatform"/></exception>
    public static Platform FromRuntimeIdentifier(string rid)
    {
        var parts = rid.Split('-');
        var os = parts[0].ToLowerInvariant() switch
        {
            "linux" or "alpine" or "debian" or "ubuntu" => "linux",
            var w when w.StartsWith("win", StringComparison.Ordinal) => "windows",
            _ => throw Diagnostics.UnknownPlatform.Error(rid),
        };
        return parts.Length < 2 ? throw Diagnostics.UnknownPlatform.Error(rid) : parts[^1].ToLowerInvariant() switch
        {
            "x64" => new(os, "amd64"),
            "x86" => new(os, "386"),
            "arm64" => new(os, "arm64"),
            "arm" => new(os, "arm", "v7"),
            "ppc64le" or "s390x" or "riscv64" => new(os, parts[^1].ToLowerInvariant()),
            "loongarch64" => new(os, "loong64"),
            _ => throw Diagnostics.UnknownPlatform.Error(rid),
        };
    }

    /// <summary>Whether an image for <paramref name="offered"/> runs where this platform is wanted.</summary>
    public bool Accepts(Platform offered) =>
        Os == offered.Os && Architecture == offered.Architecture
        && (offered.Variant == Variant || offered.Variant is null || (Architecture == "arm64" && Normal(offered.Variant) == Normal(Variant))
            || (Architecture == "amd64" && Variant is null && offered.Variant == "v1"))
        && (OsVersion is null || offered.OsVersion is null || OsVersion == offered.OsVersion);

    // arm64 without a variant and arm64/v8 are the same thing (containerd, platforms/database.go).
    private static string Normal(string? variant) => variant ?? "v8";

    /// <summary><c>os/architecture[/variant]</c>.</summary>
    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";
}
