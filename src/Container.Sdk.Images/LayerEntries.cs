using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Images;

/// <summary>Reads the files of planned layers, so that their keys are known.</summary>
public static class LayerEntries
{
    private const int Few = 32;

    /// <summary>Reads every file once, on all cores, and gives each layer's entries in the plan's order.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.FileMissing"/></exception>
    public static IReadOnlyList<LayerEntry>[] Read(IReadOnlyList<PlannedLayer> layers, CancellationToken cancellation)
    {
        var entries = new LayerEntry[layers.Count][];
        var files = new List<PlannedFile>();
        foreach (var layer in layers) files.AddRange(layer.Files);
        var read = new LayerEntry[files.Count];
        Cores.For(read.Length, Few, Environment.ProcessorCount, i => read[i] = Read(files[i]), cancellation);
        for (int i = 0, at = 0; i < entries.Length; at += layers[i++].Files.Length) entries[i] = read[at..(at + layers[i].Files.Length)];
        return entries;
    }

    private static LayerEntry Read(PlannedFile file) => new(file.Path, file.LinkTarget is null ? FileHashing.Read(file.Source) : null, file.Mode, file.LinkTarget)
    {
        UserId = file.UserId,
        GroupId = file.GroupId,
    };
}
