using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>Checks what a project asks for as a whole, before anything is read or asked.</summary>
public sealed class CheckProject : ContainerTask
{
#pragma warning disable CS1591, CA1819 // The names are those of the properties; MSBuild gives items as arrays.
    public string Strategy { get; set; } = "";
    public string ImageKind { get; set; } = "";
    public string Backend { get; set; } = "";
    public string ImageTag { get; set; } = "";
    public string ImageTags { get; set; } = "";
    public string ImageName { get; set; } = "";
    public string Publish { get; set; } = "";
    public string Deliver { get; set; } = "";
    public string RuntimeIdentifier { get; set; } = "";
    public string RuntimeIdentifiers { get; set; } = "";
    public string Configuration { get; set; } = "";
    public ITaskItem[] SystemPackages { get; set; } = [];
    public ITaskItem[] Runs { get; set; } = [];
    public string BuildPackages { get; set; } = "";
#pragma warning restore CS1591, CA1819

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var strategy = Name("ContainerStrategy", Strategy, "Layered", "CopyFromImage", "BaseImage", "BuildFromSource", "PackageFeed", "MultiStage", "BuilderPattern", "Auto");
        var kind = Name("ContainerImageKind", ImageKind, "Application", "Library", "Base");
        var backend = Name("ContainerBackend", Backend, "BuiltIn", "Dockerfile");
        SettingsReader.Choice("ContainerPublish", Publish, ("true", true), ("false", false));
        SettingsReader.Choice("ContainerDeliver", Deliver, ("true", true), ("false", false));
        if (ImageTag.Length > 0 && ImageTags.Length > 0)
            throw Diagnostics.Contradiction.Error("ContainerImageTag", "ContainerImageTags", "set one of them; ContainerImageTags takes several, separated by ';'");
        // A list of variables that are all empty asks for tags, and for none: 'latest' is not what was meant.
        if (ImageTags.Length > 0 && ImageTags.Split([';', ',']).All(string.IsNullOrWhiteSpace)) throw Diagnostics.InvalidTag.Error(ImageTags);
        if (kind is "Library" or "Base" && Configuration.Equals("Debug", StringComparison.OrdinalIgnoreCase)) throw Diagnostics.LibraryInDebug.Error(ProjectName);
        if (kind == "Library" && strategy != "BaseImage") return System.Threading.Tasks.Task.CompletedTask;
        if (Backend.Length > 0) CheckBackend(strategy, backend);
        CheckSteps(strategy, backend);
        if (RuntimeIdentifier.Length == 0) throw Diagnostics.SeveralPlatforms.Error("ContainerRuntimeIdentifiers or RuntimeIdentifiers", RuntimeIdentifiers);
        if (ImageName.Length > 0) Warn(Diagnostics.Obsolete, "ContainerImageName", "ContainerRepository");
        return System.Threading.Tasks.Task.CompletedTask;
    }

    private static void CheckBackend(string strategy, string backend)
    {
        if (backend == "BuiltIn" && strategy is "BuildFromSource" or "PackageFeed" or "MultiStage") throw Diagnostics.BackendNotOfStrategy.Error(backend, strategy, "it compiles in a build of its Dockerfile, which needs an engine");
        if (backend == "Dockerfile" && strategy == "BuilderPattern") throw Diagnostics.BackendNotOfStrategy.Error(backend, strategy, "its container only compiles, and the image is assembled here");
    }

    private void CheckSteps(string strategy, string backend)
    {
        var steps = StepReader.Read(SystemPackages, Runs, BuildPackages);
        foreach (var step in steps)
        {
            var (item, name) = step is RunStep run ? ("ContainerRun", run.Command) : ("ContainerSystemPackage", string.Join(' ', ((PackagesStep)step).Packages));
            if (step.Stage == StepStage.Build && strategy is "Layered" or "CopyFromImage" or "BaseImage" or "BuilderPattern") throw Diagnostics.NoBuildStage.Error(item, name, strategy);
            if (step.Stage == StepStage.Final && backend == "BuiltIn" && strategy is "Layered" or "CopyFromImage" or "BaseImage" or "BuilderPattern") throw Diagnostics.StepNeedsDockerfile.Error(item, name);
        }
    }

    // The first is what an empty value means.
    private static string Name(string property, string value, params string[] names) =>
        names[SettingsReader.Choice(property, value, [.. names.Select((name, i) => (name, i))]) ?? 0];
}
