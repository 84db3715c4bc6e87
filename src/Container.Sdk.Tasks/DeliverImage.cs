using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Container.Sdk.Tasks;

/// <summary>Delivers the image that <see cref="BuildImage"/> made, and says what was done.</summary>
public sealed class DeliverImage : RequestTask
{
#pragma warning disable CS1591, CA1819 // The in-box SDK's output properties, by their names there.
    [Output] public string GeneratedContainerManifest { get; set; } = "";
    [Output] public string GeneratedContainerConfiguration { get; set; } = "";
    [Output] public string GeneratedContainerDigest { get; set; } = "";
    [Output] public string GeneratedContainerMediaType { get; set; } = "";
    [Output] public string GeneratedArchiveOutputPath { get; set; } = "";
    [Output] public ITaskItem[] GeneratedContainerNames { get; set; } = [];
#pragma warning restore CS1591, CA1819

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var request = ReadRequest();
        var made = await Publisher.ReadImageAsync(request, cancellation).ConfigureAwait(false);
        var report = await Publisher.DeliverAsync(request, made, cancellation).ConfigureAwait(false);
        Announce(report.ToText());
        var image = report.Image;
        (GeneratedContainerManifest, GeneratedContainerConfiguration) = (Encoding.UTF8.GetString(image.ManifestBytes), Encoding.UTF8.GetString(image.ConfigurationBytes));
        (GeneratedContainerDigest, GeneratedContainerMediaType) = (image.Descriptor.Digest.ToString(), image.Descriptor.MediaType);
        GeneratedArchiveOutputPath = report.Delivery?.ArchivePath ?? "";
        GeneratedContainerNames = [.. report.Names.Select(n => new TaskItem(n))];
    }
}
