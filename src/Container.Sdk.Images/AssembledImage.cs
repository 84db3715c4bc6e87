using System.Collections.Immutable;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Images;

/// <summary>How a layer was come by.</summary>
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

/// <summary>What is known of a layer of an assembled image beside its bytes.</summary>
/// <param name="Name">What is in it, for people; nothing is decided by it.</param>
/// <param name="Outcome">How it was come by.</param>
/// <param name="Components">The components in it, for people.</param>
public sealed record AssembledLayer(string Name, LayerOutcome Outcome, ImmutableArray<string> Components)
{
    /// <summary>The key of its inputs; <c>null</c> for the base's layers.</summary>
    public Digest? Key { get; init; }

    /// <summary>The library image that the layer is of; <c>null</c> for what belongs to none.</summary>
    public ImageReference? Library { get; init; }

    /// <summary>Why a library has a layer of its own instead of the library image's; <c>null</c> where it does not.</summary>
    public string? OwnBecause { get; init; }

    /// <summary>The repository in which the layer is published as a thin image of its own; <c>null</c>: it is not.</summary>
    public RepositoryName? ThinImage { get; init; }

    /// <summary>Whether an engine made it: then its key is its diff id, by which no other machine looks for it.</summary>
    public bool IsBuilt { get; init; }

    /// <summary>What the history of a thin image of it says; empty for layers that others made.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>What is known of a layer that was planned.</summary>
    /// <param name="planned">The layer.</param>
    /// <param name="outcome">How it was come by.</param>
    /// <param name="key">Its key.</param>
    public static AssembledLayer Of(PlannedLayer planned, LayerOutcome outcome, Digest key) => new(planned.Name, outcome, [.. planned.Components.Select(c => c.ToString())])
    {
        Key = key,
        Library = planned.Library?.Image,
        OwnBecause = outcome == LayerOutcome.Library ? null : planned.NotShared ?? planned.Library?.IfDifferent,
        ThinImage = planned.ThinImage,
        CreatedBy = planned.CreatedBy,
    };
}

/// <summary>An image, and all that delivering it and speaking of it needs.</summary>
/// <param name="Image">The image.</param>
/// <param name="Layers">One for each layer of the image, in its order.</param>
public sealed record AssembledImage(Image Image, ImmutableArray<AssembledLayer> Layers)
{
    /// <summary>The base image.</summary>
    public required ImageReference Base { get; init; }

    /// <summary>The platform that was asked for.</summary>
    public required Platform Platform { get; init; }

    /// <summary>The library version that the image is; <c>null</c> for an application and a base.</summary>
    public PlannedVersion? Version { get; init; }
}
