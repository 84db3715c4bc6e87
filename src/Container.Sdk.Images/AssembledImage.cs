using System.Collections.Immutable;
using Container.Sdk.Oci;

namespace Container.Sdk.Images;

/// <summary>Where a layer's bytes came from when the image was assembled.</summary>
public enum LayerOutcome
{
    /// <summary>It is the base's.</summary>
    Base,

    /// <summary>It was packed.</summary>
    Packed,

    /// <summary>It was in the cache.</summary>
    Cached,

    /// <summary>It was taken over, by its key, from the image that the tag had.</summary>
    TakenOver,

    /// <summary>It is a library image's own.</summary>
    Library,

    /// <summary>It is the layer repository's copy.</summary>
    Shared,

    /// <summary>An engine built it.</summary>
    Built,
}

/// <summary>A layer as a person reads of it.</summary>
/// <param name="Name">What is in it.</param>
/// <param name="Outcome">Where its bytes came from.</param>
/// <param name="Components">The components in it.</param>
public sealed record LayerSummary(string Name, LayerOutcome Outcome, ImmutableArray<string> Components)
{
    /// <summary>The key of its inputs; <c>null</c> for the base's layers.</summary>
    public Digest? Key { get; init; }

    /// <summary>The library image that the layer is of; <c>null</c> for what belongs to none.</summary>
    public ImageReference? Library { get; init; }

    /// <summary>Why a library has a layer of its own instead of the library image's; <c>null</c> where it does not.</summary>
    public string? OwnBecause { get; init; }
}

/// <summary>An image, and what to say of its layers.</summary>
/// <param name="Image">The image.</param>
/// <param name="Layers">One for each layer of the image, in its order.</param>
public sealed record AssembledImage(Image Image, ImmutableArray<LayerSummary> Layers)
{
    /// <summary>Whether an engine built it, so that its layers on top of the base are not those of the plan one by one.</summary>
    public bool IsBuilt { get; init; }
}
