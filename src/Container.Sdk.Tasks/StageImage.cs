using Container.Sdk.Images;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>Writes what was published, and its plan, into a folder from which an image is made elsewhere.</summary>
public sealed class StageImage : ContainerTask
{
#pragma warning disable CS1591 // The names are those of the properties.
    [Required] public string PlanFile { get; set; } = "";
    [Required] public string StageFolder { get; set; } = "";
#pragma warning restore CS1591

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        StagedPlan.Write(ImagePlanFile.Read(await File.ReadAllBytesAsync(PlanFile, cancellation).ConfigureAwait(false)), StageFolder);
        Log.LogMessage(MessageImportance.High, "{0}", $"{ProjectName} -> {StageFolder}");
    }
}
