using Container.Sdk.Oci;
using Container.Sdk.Transports;

namespace Container.Sdk.Publishing;

/// <summary>What is known before anything is compiled, of what will be asked then.</summary>
/// <param name="Base">The base image.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Format">The format; <c>null</c>: the base's.</param>
/// <param name="Target">Where the image goes.</param>
/// <param name="Access">As whom registries and engines are asked.</param>
/// <param name="Lock">The lock file.</param>
public sealed record EarlyRequest(ImageReference Base, Platform Platform, ImageFormat? Format, ImageTarget Target, Access Access, LockSettings Lock);
