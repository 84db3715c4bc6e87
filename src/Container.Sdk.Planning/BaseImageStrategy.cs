using System.Collections.Immutable;
using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>
/// <c>BaseImage</c>: the library is the base. One image has the runtime, the packages and the library; an app starts from it
/// and adds what it lacks.
/// </summary>
public static class BaseImageStrategy
{
    /// <summary>Added to the repository of a library: beside its thin image, under the same version.</summary>
    public const string Suffix = "-base";

    /// <summary>Arranges the layers of a base: the layers that an app would have, without what is the app's alone.</summary>
    /// <param name="files">What is published.</param>
    /// <param name="library">The library's project; empty where the base is made for one app, of all that this app refers to.</param>
    /// <param name="workingDirectory">The folder in the image, absolute.</param>
    /// <param name="maxLayers">The most layers, at least one.</param>
    /// <exception cref="ContainerException">See <see cref="LayeredStrategy"/>.</exception>
    public static ImmutableArray<PlannedLayer> ArrangeBase(IReadOnlyList<PublishedFile> files, string library, string workingDirectory, int maxLayers) =>
        [.. LayeredStrategy.Arrange([.. files.Select(f => InBase(f, library)).OfType<PublishedFile>()], workingDirectory, maxLayers)];

    /// <summary>Arranges the layers of an app: what its base has already, to the byte and the mode, is left out.</summary>
    /// <param name="files">What is published.</param>
    /// <param name="brought">What the base brings.</param>
    /// <param name="digest">The digest of a file's content; asked only of files that the base has, too.</param>
    /// <param name="workingDirectory">The folder in the image, absolute.</param>
    /// <param name="maxLayers">The most layers, at least one.</param>
    /// <exception cref="ContainerException">See <see cref="LayeredStrategy"/>.</exception>
    public static AppOnBase ArrangeApp(
        IReadOnlyList<PublishedFile> files, BaseRecord brought, Func<PlannedFile, Digest> digest, string workingDirectory, int maxLayers)
    {
        var own = new List<PublishedFile>();
        var replaced = new List<string>();
        foreach (var file in files)
        {
            var planned = LayeredStrategy.Place(file, workingDirectory.Trim('/'));
            var has = brought.Files.GetValueOrDefault(planned.Path);
            if (has is not null && has == BaseRecord.Mark(planned, digest)) continue;
            own.Add(file);
            if (has is not null) replaced.Add(planned.Path);
        }
        return new AppOnBase([.. LayeredStrategy.Arrange(own, workingDirectory, maxLayers)], [.. replaced.Order(StringComparer.Ordinal)]);
    }

    // A library's own files are the layer that an app has of it as a project; what only an app can use stays out: static assets
    // lie elsewhere there, and a program starts with its own list of dependencies.
    private static PublishedFile? InBase(PublishedFile file, string library) => file.Origin.Kind switch
    {
        <= OriginKind.Project => file,
        OriginKind.App or OriginKind.Content when library.Length > 0 && !IsOfProgram(file.RelativePath) => file with { Origin = new FileOrigin(OriginKind.Project, library) },
        _ => null,
    };

    private static bool IsOfProgram(string path) =>
        path.EndsWith(".deps.json", StringComparison.Ordinal) || path.EndsWith(".runtimeconfig.json", StringComparison.Ordinal);
}

/// <summary>An app's own layers on its base.</summary>
/// <param name="Layers">The layers.</param>
/// <param name="Replaced">Files that the base brings in another form: the app's own lie over them.</param>
public sealed record AppOnBase(ImmutableArray<PlannedLayer> Layers, ImmutableArray<string> Replaced);
