namespace Container.Sdk.Oci;

/// <summary>Whose media types the documents of an image carry.</summary>
public enum ImageFormat
{
    /// <summary>The OCI image specification, version 1.</summary>
    Oci,

    /// <summary>Docker's image manifest version 2, schema 2.</summary>
    Docker,
}
