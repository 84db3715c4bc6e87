using Container.Sdk.Images;
using Container.Sdk.Engines;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>What making and delivering an image share: where it goes, and the cache.</summary>
public abstract class ImageTask : ContainerTask
{
#pragma warning disable CS1591, CA1819 // The names are those of the properties; MSBuild gives items as arrays.
    [Required] public string ProjectFolder { get; set; } = "";
    [Required] public string PlanFile { get; set; } = "";
    [Required] public string ImageFolder { get; set; } = "";
    [Required] public string Repository { get; set; } = "";
    public string RepositoryPrefix { get; set; } = "";
    public ITaskItem[] Tags { get; set; } = [];
    public string Registry { get; set; } = "";
    public string ArchiveOutputPath { get; set; } = "";
    public string Engine { get; set; } = "";
    public string EngineContext { get; set; } = "";
    public bool Deliver { get; set; } = true;
    [Required] public string CacheFolder { get; set; } = "";
    public string CacheMode { get; set; } = "";
    public string CacheMaxSize { get; set; } = "";
    public string TrustedTokenHosts { get; set; } = "";
    public string LayerRepository { get; set; } = "";
#pragma warning restore CS1591, CA1819

    /// <summary>The engine that the project means.</summary>
    internal EngineOptions EngineOptions => new() { Preferred = Engine, Context = EngineContext };

    /// <summary>Where the image goes.</summary>
    protected ImageTarget ReadTarget() => TargetReader.Read(
        Registry, ArchiveOutputPath, Engine, Deliver, RepositoryPrefix, Repository,
        [.. Tags.SelectMany(t => t.ItemSpec.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))], ProjectFolder);

    /// <summary>What all tasks of this build share, told where this project's credentials may go.</summary>
    internal BuildSession OpenSession(ImageTarget target)
    {
        var session = BuildSession.Of(BuildEngine);
        session.Reporter.SpeakTo(this);
        session.Configure(
            (target as RegistryTarget)?.Host,
            TrustedTokenHosts.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            EngineContext);
        return session;
    }

    /// <summary>The repository that keeps one copy of every layer; <c>null</c> where there is none, and for library images, which are such a place themselves.</summary>
    internal LayerRepository? OpenLayerRepository(BuildSession session, ImageTarget target, ImagePlan plan) =>
        plan.IsVersion ? null : Tasks.LayerRepository.Open(session, target, RepositoryPrefix, LayerRepository, this);

    /// <summary>The layer cache.</summary>
    /// <param name="reporter">Told where the shared cache cannot be used.</param>
    protected LayerCache OpenCache(IReporter reporter) => LayerCache.Open(
        CacheFolder,
        SettingsReader.Choice("ContainerCacheMode", CacheMode, ("ReadWrite", Images.CacheMode.ReadWrite), ("ReadOnly", Images.CacheMode.ReadOnly), ("Off", Images.CacheMode.Off)) ?? Images.CacheMode.ReadWrite,
        Path.Combine(Path.GetDirectoryName(PlanFile)!, "layers"),
        (long)SettingsReader.Number("ContainerCacheMaxSize", CacheMaxSize, 10_240, 1, int.MaxValue) << 20,
        reporter);
}
