using System.Collections.Immutable;
using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>From published files to layers: what changes often lies on top, in a small layer of its own.</summary>
public static class LayerArrangement
{
    /// <summary>Arranges files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="workingDirectory">The app's folder in the image, absolute.</param>
    /// <param name="maxLayers">The most layers, at least one.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.SamePathTwice"/> or <see cref="Diagnostics.ImpossibleName"/></exception>
    public static ImmutableArray<PlannedLayer> Arrange(IReadOnlyList<PublishedFile> files, string workingDirectory, int maxLayers)
    {
        var root = workingDirectory.Trim('/');
        foreach (var same in files.GroupBy(f => f.RelativePath, StringComparer.Ordinal).Where(g => g.Count() > 1))
            throw Diagnostics.SamePathTwice.Error(same.Key, same.First().Source, same.Last().Source);
        return
        [
            .. LayerGrouping.Group(Component.Gather(files), maxLayers).Select(group => new PlannedLayer(
                group.Name, group.Kind,
                [.. group.Components.Select(c => c.Origin)],
                [.. group.Components.SelectMany(c => c.Files).Select(f => Place(f, root)).OrderBy(f => f.Path, EntryOrder.Instance)])),
        ];
    }

    /// <summary>The place of a file in the image.</summary>
    /// <param name="file">The file.</param>
    /// <param name="root">The app's folder in the image, without a slash at either end.</param>
    internal static PlannedFile Place(PublishedFile file, string root)
    {
        CheckName(file.RelativePath);
        var mode = file.LinkTarget is not null ? LayerEntry.LinkMode : file.IsProgram ? LayerEntry.ProgramMode : LayerEntry.DataMode;
        return new PlannedFile(file.Source, root.Length == 0 ? file.RelativePath : $"{root}/{file.RelativePath}", mode, file.LinkTarget);
    }

    private static void CheckName(string path)
    {
        foreach (var part in path.Split('/'))
        {
            if (part is "" or "." or "..") throw Diagnostics.ImpossibleName.Error(path, "it leads out of the app's folder");
            // A name that starts like this deletes files of lower layers (image-spec, layer.md, "Whiteouts").
            if (part.StartsWith(".wh.", StringComparison.Ordinal)) throw Diagnostics.ImpossibleName.Error(path, "names that start with '.wh.' delete files in an image");
            if (part.Any(char.IsControl)) throw Diagnostics.ImpossibleName.Error(path, "it has control characters");
        }
    }
}
