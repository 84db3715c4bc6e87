using Container.Sdk.Oci;

namespace Container.Sdk.Publishing;

/// <summary>An image as <c>container.lock.json</c> has it: by digest, so that a tag that moved or went does not matter.</summary>
internal static class LockedImage
{
    /// <summary>The reference with its digest where the file has one.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.LockOutOfDate"/> in locked mode; the file's own codes.</exception>
    public static ImageReference Of(ImageReference image, Platform platform, LockSettings settings)
    {
        if (!image.CanMove || settings.File.Length == 0) return image;
        if (settings.Read()?.DigestOf(image, platform) is { } digest) return image.At(digest);
        return settings.IsLocked ? throw Diagnostics.LockOutOfDate.Error(settings.File, (string[])[$"+ {image} for {platform}"]) : image;
    }
}
