using Container.Sdk.Libraries;
using Container.Sdk.Oci;

namespace Container.Sdk.Tasks;

/// <summary>The base image as <c>container.lock.json</c> has it: by digest, so that a tag that moved or went does not matter.</summary>
internal static class LockedBase
{
    /// <summary>The reference with its digest where the file has one.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.LockOutOfDate"/> in locked mode; the file's own codes.</exception>
    public static ImageReference Of(ImageReference image, Platform platform, string lockFile, bool isLocked)
    {
        if (!IsLockable(image) || lockFile.Length == 0) return image;
        if (LockFile.ReadIfThere(lockFile)?.DigestOf(image, platform) is { } digest) return With(image, digest);
        return isLocked ? throw Diagnostics.LockOutOfDate.Error(lockFile, (string[])[$"+ {image} for {platform}"]) : image;
    }

    /// <summary>Whether an image has a name that can move: a tag.</summary>
    public static bool IsLockable(ImageReference image) => image is RegistryReference { Digest: null } or LayoutReference { Digest: null, Name: not null };

    private static ImageReference With(ImageReference image, Digest digest) => image switch
    {
        RegistryReference r => r with { Digest = digest },
        LayoutReference r => r with { Digest = digest },
        _ => image,
    };
}
