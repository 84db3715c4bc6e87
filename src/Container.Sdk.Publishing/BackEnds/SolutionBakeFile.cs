using System.Text;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>Puts a project's Dockerfile into <c>docker-bake.json</c> beside the solution.</summary>
internal static class SolutionBakeFile
{
    public static void Add(ContainerRequest request, ImagePlan plan, DockerfileBuild build)
    {
        var solution = Path.GetDirectoryName(request.Compilation.SolutionPath)!;
        var target = new BakeTarget(
            Slug.Of(request.Project.Name), Relative(build.Context), Path.GetRelativePath(build.Context, build.Dockerfile).Replace('\\', '/'),
            plan.Platform.ToString(), [.. request.Target.Tags.Select(t => $"{(request.Target.Registry is null ? request.Target.Repository.Value : request.Target.Name)}:{t}")])
        {
            Contexts = [.. build.Images.Select(i => KeyValuePair.Create(i.Key, Image(i.Value))), .. build.Folders.Select(f => KeyValuePair.Create(f.Key, Relative(f.Value)))],
            Labels = build.Labels,
            // The user's own configuration is for whoever runs it to name: a variable that is not set would be an empty configuration.
            Secrets = plan.Content is PlannedCompilation { Sources: var sources }
                ? [.. sources.SecretConfigs.Select(c => $"id={c.Id},src={Relative(Path.GetFullPath(c.File, sources.Root))}")]
                : [],
        };

        // Projects of a solution write one after the other; each finds what the others wrote.
        var file = Path.Combine(solution, "docker-bake.json");
        using var exclusive = FileLock.Of(file, request.Cache.Folder);
        var before = File.Exists(file) ? File.ReadAllText(file) : "";
        var after = BakeFile.With(before, target, path => File.Exists(Path.GetFullPath(path, solution)));
        if (after != before) AtomicFile.Write(file, Encoding.UTF8.GetBytes(after), durable: false);

        // A folder that is not of the solution has no other name.
        string Relative(string folder) =>
            Path.GetRelativePath(solution, folder).Replace('\\', '/') is var path && path.StartsWith("../../../..", StringComparison.Ordinal) ? folder : path;
    }

    // An image from a file is one only to us.
    private static string Image(ImageReference image) => image is RegistryReference registry ? $"docker-image://{registry with { Tag = null }}" : image.ToString()!;
}
