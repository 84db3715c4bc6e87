namespace Container.Sdk.Planning;

/// <summary>
/// Where the keys of an image's layers are written, so that a machine that starts empty can take unchanged layers over
/// from the image that a tag has now.
/// </summary>
public static class LayerKeys
{
    /// <summary>Annotation of a layer's descriptor, in the OCI format.</summary>
    public const string Annotation = "container-sdk.layer.key";

    /// <summary>Label, in Docker's format, whose descriptors have no annotations: the keys of the topmost layers, from the bottom, separated by commas.</summary>
    public const string Label = "container-sdk.layer.keys";
}
