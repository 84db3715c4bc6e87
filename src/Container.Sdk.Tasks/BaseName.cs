using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using NuGet.Versioning;

namespace Container.Sdk.Tasks;

/// <summary>What the base image of a library is called: beside its thin image, under the same version.</summary>
/// <param name="Registry"><c>host[:port]</c>, <c>oci:FOLDER</c> with an absolute folder, or empty for the engine.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Tag">The version.</param>
internal sealed record BaseName(string Registry, string Repository, string Tag)
{
    /// <summary>Decides.</summary>
    /// <param name="sources">Where library images lie.</param>
    /// <param name="packageId">The package of the library.</param>
    /// <param name="version">Its version.</param>
    /// <param name="registry"><c>ContainerRegistry</c>, for where no source decides.</param>
    /// <param name="prefix"><c>ContainerRepositoryPrefix</c>.</param>
    /// <param name="own"><c>ContainerRepository</c> as the library says it, or empty.</param>
    /// <param name="folder">The folder that relative ones are relative to.</param>
    public static BaseName Of(LibrarySources sources, string packageId, NuGetVersion version, string registry, string prefix, string own, string folder)
    {
        var (name, place) = LibraryRepository.Of(sources, packageId, prefix, own);
        var where = place switch
        {
            LayoutRepository f => $"oci:{f.Folder}",
            HostRepository h => h.Host.Value,
            _ when registry.StartsWith("oci:", StringComparison.Ordinal) && !registry.StartsWith("oci://", StringComparison.Ordinal) && registry.Length > 4 => $"oci:{Path.GetFullPath(registry[4..], folder)}",
            _ => registry.Trim(),
        };
        return new BaseName(where, name.Value + BaseImageStrategy.Suffix, LibraryTag.Of(version).Value);
    }

    /// <summary>The image, in the notation of <c>ContainerBaseImage</c>.</summary>
    public string Reference => Registry.Length == 0 ? $"docker-daemon:{Repository}:{Tag}"
        : Registry.StartsWith("oci:", StringComparison.Ordinal) ? $"{Registry}:{Repository}:{Tag}"
        : $"{Registry}/{Repository}:{Tag}";
}
