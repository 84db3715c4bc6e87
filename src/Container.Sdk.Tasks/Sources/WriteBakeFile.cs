using System.Text;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>Puts a project's Dockerfile into <c>docker-bake.json</c> beside the solution.</summary>
public sealed class WriteBakeFile : ImageTask
{
#pragma warning disable CS1591 // The names are those of the properties.
    [Required] public string BuildFile { get; set; } = "";
    [Required] public string SolutionPath { get; set; } = "";
    public string SourcesFile { get; set; } = "";
#pragma warning restore CS1591

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var solution = Path.GetDirectoryName(SolutionPath)!;
        var build = DockerfileBuild.Read(File.ReadAllBytes(BuildFile));
        var plan = ImagePlanFile.Read(File.ReadAllBytes(PlanFile));
        var image = ReadTarget();
        var repository = image is RegistryTarget registry ? $"{registry.Host}/{image.Repository}" : image.Repository.ToString();
        var target = new BakeTarget(SourceNames.Slug(ProjectName), Relative(build.Context), Path.GetRelativePath(build.Context, build.Dockerfile).Replace('\\', '/'), plan.Platform.ToString(), [.. image.Tags.Select(t => $"{repository}:{t}")])
        {
            Contexts = [.. build.Images.Select(i => KeyValuePair.Create(i.Key, Image(i.Value))), .. build.Folders.Select(f => KeyValuePair.Create(f.Key, Relative(f.Value)))],
            Labels = build.Labels,
            Secrets = SourcesFile.Length == 0 ? [] : Secrets(SourcePlanFile.Read(File.ReadAllBytes(SourcesFile))),
        };

        // Projects of a solution write one after the other; each finds what the others wrote.
        var file = Path.Combine(solution, "docker-bake.json");
        var locks = Directory.CreateDirectory(Path.Combine(CacheFolder, "locks")).FullName;
        using var exclusive = FileLock.Acquire(Path.Combine(locks, Digest.Of(Encoding.UTF8.GetBytes(file)).Hex));
        var before = File.Exists(file) ? File.ReadAllText(file) : "";
        var after = BakeFile.With(before, target, path => File.Exists(Path.GetFullPath(path, solution)));
        if (after != before) AtomicFile.Write(file, Encoding.UTF8.GetBytes(after), durable: false);
        return System.Threading.Tasks.Task.CompletedTask;

        // A folder that is not of the solution has no other name.
        string Relative(string folder) =>
            Path.GetRelativePath(solution, folder).Replace('\\', '/') is var path && path.StartsWith("../../../..", StringComparison.Ordinal) ? folder : path;

        // The user's own configuration is for whoever runs it to name: a variable that is not set would be an empty configuration.
        IReadOnlyCollection<string> Secrets(SourcePlan sources) =>
            [.. sources.SecretConfigs.Select(c => $"id={c.Id},src={Relative(Path.GetFullPath(c.File, sources.Root))}")];
    }

    // An image from a file is one only to us.
    private string Image(string text) => ImageReference.Parse(text, ProjectFolder) is RegistryReference registry ? $"docker-image://{registry with { Tag = null }}" : text;
}
