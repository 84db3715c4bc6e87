using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

// The task's parameters, each with the value of the property or item that its name says.
#pragma warning disable CS1591, CA1819 // MSBuild gives items as arrays.
public sealed partial class PlanImage
{
    [Required] public string PlanFile { get; set; } = "";
    [Required] public string ProjectFolder { get; set; } = "";
    [Required] public string AssemblyName { get; set; } = "";
    [Required] public string PublishFolder { get; set; } = "";
    [Required] public string BaseImage { get; set; } = "";
    [Required] public string RuntimeIdentifier { get; set; } = "";

    /// <summary><c>ResolvedFileToPublish</c>.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>Static web assets, with <c>TargetPath</c>.</summary>
    public ITaskItem[] StaticWebAssets { get; set; } = [];

    /// <summary>Names in the publish folder that belong to the app, where they are there.</summary>
    public ITaskItem[] OwnFiles { get; set; } = [];
    public ITaskItem[] ReferencedProjects { get; set; } = [];
    public ITaskItem[] AllowedFiles { get; set; } = [];
    public ITaskItem[] ContainerFileItems { get; set; } = [];
    public ITaskItem[] SystemPackages { get; set; } = [];
    public ITaskItem[] Runs { get; set; } = [];
    public string BuildPackages { get; set; } = "";

    public string Strategy { get; set; } = "";
    public ITaskItem[] LibrarySources { get; set; } = [];
    /// <summary>Whether referenced projects get thin images of their own.</summary>
    public bool PublishesThinImages { get; set; } = true;
    public string RequireSharedLayers { get; set; } = "";
    public string LockFilePath { get; set; } = "";
    public string LockedMode { get; set; } = "";
    [Required] public string CacheFolder { get; set; } = "";

    /// <summary>What the image is a base of: <c>Library</c>, this project; <c>Libraries</c>, all that this app refers to. Empty: it is no base.</summary>
    public string BaseOf { get; set; } = "";

    /// <summary>What the base brings already, as <see cref="ReadBase"/> wrote it; empty where the app takes nothing from it.</summary>
    public string BaseRecordFile { get; set; } = "";
    public string PackageId { get; set; } = "";
    public string PackageVersion { get; set; } = "";
    public string FrameworkVersion { get; set; } = "";

    public string MaxLayers { get; set; } = "";
    public string ImageFormat { get; set; } = "";
    public string WorkingDirectory { get; set; } = "";
    public string User { get; set; } = "";
    public string AppCommandInstruction { get; set; } = "";
    public ITaskItem[] Entrypoint { get; set; } = [];
    public ITaskItem[] EntrypointArgs { get; set; } = [];
    public ITaskItem[] AppCommand { get; set; } = [];
    public ITaskItem[] AppCommandArgs { get; set; } = [];
    public ITaskItem[] DefaultArgs { get; set; } = [];
    public ITaskItem[] EnvironmentVariables { get; set; } = [];
    public ITaskItem[] Ports { get; set; } = [];
    public ITaskItem[] Volumes { get; set; } = [];
    public ITaskItem[] Labels { get; set; } = [];
    public ITaskItem[] GeneratedLabels { get; set; } = [];

    /// <summary>Labels whose value is the image's time.</summary>
    public ITaskItem[] CreatedLabelNames { get; set; } = [];
    /// <summary>Whether this project's paths are mapped, so that its bytes do not depend on the folder.</summary>
    public bool MapsPaths { get; set; }
    public bool LabelBaseName { get; set; } = true;
    public bool LabelBaseDigest { get; set; } = true;
}
