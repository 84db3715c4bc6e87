namespace Container.Sdk.Images;

/// <summary>How the layer cache is used: <c>ContainerCacheMode</c>.</summary>
public enum CacheMode
{
    /// <summary>Layers are taken from it and put into it.</summary>
    ReadWrite,

    /// <summary>Layers are taken from it; what is packed goes into the project's own folder.</summary>
    ReadOnly,

    /// <summary>It is not touched.</summary>
    Off,
}
