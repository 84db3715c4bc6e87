using System.Collections.Immutable;
using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>
/// What an image is to be: the one thing that every strategy makes, and every back end reads. It knows neither who
/// executes it, nor where the image goes.
/// </summary>
public sealed record ImagePlan
{
    /// <summary>Name of the project.</summary>
    public required string Name { get; init; }

    /// <summary>The base image.</summary>
    public required ImageReference Base { get; init; }

    /// <summary>The platform.</summary>
    public required Platform Platform { get; init; }

    /// <summary>The format; <c>null</c>: the base's.</summary>
    public ImageFormat? Format { get; init; }

    /// <summary>What the image's configuration is to be on top of the base's.</summary>
    public required ContainerSettings Settings { get; init; }

    /// <summary>The time of the image and of its history, RFC 3339.</summary>
    public required string Created { get; init; }

    /// <summary>What is on top of the base.</summary>
    public required PlanContent Content { get; init; }

    /// <summary>The user's own steps, which only a builder can do.</summary>
    public ImmutableArray<ImageStep> Steps { get; init; } = [];

    /// <summary>Whether a library's layer that is not the library image's own is an error: <c>ContainerRequireSharedLayers</c>.</summary>
    public bool RequiresSharedLayers { get; init; }

    /// <summary>The library version that the image is; <c>null</c> for an application and a base. A version never changes its content.</summary>
    public PlannedVersion? Version { get; init; }

    /// <summary>The layers that are known now, from the bottom: all of them, or only those of the user's own files where a container compiles.</summary>
    public ImmutableArray<PlannedLayer> Layers => Content.Layers;
}

/// <summary>What an image has on top of its base.</summary>
/// <param name="Layers">The layers that are known now, from the bottom.</param>
public abstract record PlanContent(ImmutableArray<PlannedLayer> Layers);

/// <summary>Files of this machine: the layers are all known.</summary>
/// <param name="Layers">The layers, from the bottom.</param>
public sealed record PlannedFiles(ImmutableArray<PlannedLayer> Layers) : PlanContent(Layers);

/// <summary>A program that a container compiles; which layers that gives is known there.</summary>
/// <param name="Sources">What is compiled.</param>
/// <param name="Layers">The layers of the user's own files, below what is compiled.</param>
public sealed record PlannedCompilation(SourcePlan Sources, ImmutableArray<PlannedLayer> Layers) : PlanContent(Layers);

/// <summary>A version of a library.</summary>
/// <param name="Id">The package id.</param>
/// <param name="PackageFile">Absolute path of the package.</param>
public sealed record PlannedVersion(string Id, string PackageFile);
