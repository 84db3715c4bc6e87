using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>Says what the base image of this library project is called, for the apps that start from it.</summary>
public sealed class NameBase : EarlyTask
{
    /// <summary>The image, in the notation of <c>ContainerBaseImage</c>.</summary>
    [Output]
    public string Reference { get; set; } = "";

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        Reference = (Reader.ReadNaming() with { Kind = Planning.ImageKind.Base, Tags = [] }).ToReference().ToString()!;
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
