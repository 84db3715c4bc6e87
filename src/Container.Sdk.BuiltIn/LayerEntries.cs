using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.BuiltIn;

/// <summary>Reads the files of planned layers, so that their keys are known.</summary>
public static class LayerEntries
{
    /// <summary>Reads every file once, on all cores, and gives each layer's entries in the plan's order.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.FileMissing"/></exception>
    public static async Task<IReadOnlyList<LayerEntry>[]> ReadAsync(IReadOnlyList<PlannedLayer> layers, CancellationToken cancellation)
    {
        var entries = layers.Select(l => new LayerEntry[l.Files.Length]).ToArray();
        var files = layers.SelectMany((layer, i) => layer.Files.Select((file, j) => (Layer: i, At: j, File: file)));
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        await Parallel.ForEachAsync(files, options, (work, _) =>
        {
            var (layer, at, file) = work;
            entries[layer][at] = new LayerEntry(file.Path, file.LinkTarget is null ? FileHashing.Read(file.Source) : null, file.Mode, file.LinkTarget);
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        return entries;
    }
}
