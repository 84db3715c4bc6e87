using Container.Sdk.Oci;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>Finds two projects of a solution that would write the same image, before either sends anything.</summary>
public sealed class CheckImageNames : ContainerTask
{
    /// <summary>The projects, each with the properties that name its image as metadata.</summary>
#pragma warning disable CA1819 // MSBuild gives items as arrays.
    public ITaskItem[] Images { get; set; } = [];
#pragma warning restore CA1819

    /// <summary>Whether projects without a strategy make an image too: where one was asked for by the target's name.</summary>
    public bool All { get; set; }

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var image in Images.Where(i => All || i.GetMetadata("Strategy").Length > 0).DistinctBy(i => i.ItemSpec))
        {
            foreach (var name in NamesOf(image))
            {
                if (owners.TryAdd(name, image.ItemSpec)) continue;
                throw Diagnostics.SameImageTwice.Error(owners[name], image.ItemSpec, name);
            }
        }
        return System.Threading.Tasks.Task.CompletedTask;
    }

    private static IEnumerable<string> NamesOf(ITaskItem image)
    {
        // A name that cannot be read is that project's own error, with its own code.
        ImageTarget target;
        try
        {
            target = TargetReader.Read(
                image.GetMetadata("Registry"), image.GetMetadata("Archive"), image.GetMetadata("Engine"), deliver: true, image.GetMetadata("Prefix"),
                image.GetMetadata("Repository"), image.GetMetadata("Tags").Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), image.GetMetadata("Folder"));
        }
        catch (ContainerException)
        {
            return [];
        }
        var place = target.Display[..(target.Display.LastIndexOf(':') + 1)];
        return target is ArchiveTarget archive
            ? [ArchiveImageDestination.ResolvePath(archive.Path, archive.Repository)]
            : target.Tags.Select(t => $"{place}{t}");
    }
}
