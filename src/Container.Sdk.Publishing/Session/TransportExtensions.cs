using Container.Sdk.Oci;
using Container.Sdk.Transports;

namespace Container.Sdk.Publishing;

/// <summary>What the use cases ask of places.</summary>
internal static class TransportExtensions
{
    /// <summary>Where the bytes of a library image's layer can be had. Nobody is asked before they are read.</summary>
    public static IBlob Blob(this TransportTable transports, ImageReference library, Descriptor layer) => transports.Reader(library.Location!, new SilentReporter()).Blob(layer);
}
