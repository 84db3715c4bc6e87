using System.Collections.Immutable;
using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>The Dockerfile that compiles a <see cref="SourcePlan"/>: one stage for each idea, and a thin last one.</summary>
public sealed class SourceDockerfile
{
    /// <summary>The secret with the user's NuGet configuration: feeds and their credentials.</summary>
    public const string NuGetSecret = "nuget-config";

    /// <summary>The secret with the credentials for registries, as <c>docker login</c> writes them.</summary>
    public const string RegistrySecret = "registry-config";

    private readonly SourcePlan _plan;
    private readonly DockerfileWriter _file = new();
    private readonly Dictionary<string, string> _stages;

    private SourceDockerfile(SourcePlan plan) =>
        (_plan, _stages) = (plan, SourceNames.Unique(plan.Projects[..^1].Select(p => (p.File, $"build-{p.Name}"))));

    /// <summary>Writes it.</summary>
    /// <param name="plan">What is compiled.</param>
    /// <param name="image">What the image is to be; of its layers only those of the user's own files are known yet.</param>
    /// <param name="buildImage">The image with the .NET SDK, as <c>FROM</c> has it.</param>
    /// <param name="baseImage">The base of the image, as <c>FROM</c> has it.</param>
    /// <param name="changes">The image's configuration (<see cref="ConfigurationRules.Apply"/>).</param>
    /// <param name="baseConfiguration">The base's.</param>
    /// <param name="head">The comment at the top.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotInDockerfile"/></exception>
    public static string Write(
        SourcePlan plan, ImagePlan image, StageSource buildImage, StageSource baseImage, ConfigurationChanges changes, ImageConfiguration baseConfiguration, params string[] head)
    {
        var dockerfile = new SourceDockerfile(plan);
        dockerfile._file.Comment(head);
        dockerfile.Feeds();
        dockerfile.Tools(buildImage, image.Steps);
        dockerfile.Restore();
        foreach (var library in plan.Projects[..^1]) dockerfile.Library(library);
        dockerfile.Publish();
        dockerfile.Image(baseImage, image, changes, baseConfiguration);
        return dockerfile._file.ToString();
    }

    private void Feeds()
    {
        foreach (var feed in _plan.Feeds)
            _file.Blank().Comment($"A package feed in a folder: empty, unless --build-context {feed.Name}=FOLDER says which.").Instruction($"FROM scratch AS {feed.Name}");
    }

    private void Tools(StageSource buildImage, ImmutableArray<ImageStep> steps)
    {
        string[] variables = [.. Toolchain.Variables.Select(v => $"{v.Key}={v.Value}")];
        _file.Blank().Comment($"The toolchain: {buildImage.What}. Nothing of it gets into the image.")
            .Instruction($"FROM {(_plan.CrossCompiles ? "--platform=$BUILDPLATFORM " : "")}{buildImage.From} AS sdk")
            .Instruction($"ENV {variables[0]}", variables[1..])
            .Instruction($"WORKDIR {SourceNames.Root}");
        StepInstructions.Write(_file, ImageStep.Of(steps, StepStage.Build));
    }

    private void Restore()
    {
        _file.Blank().Comment("What restore reads, and nothing else: after a change of sources it is not run again.").Instruction("FROM sdk AS restore");
        CopyByFolder(_plan.Shared);
        foreach (var project in _plan.Projects) CopyByFolder(project.RestoreFiles.Append(project.File));
        Dotnet("restore", _plan.App, [SourceNames.Property("Configuration", _plan.Configuration)]);
        CopyByFolder(_plan.CompilerFiles);
    }

    private void Library(SourceProject project)
    {
        _file.Blank().Comment($"{project.Name}, which is compiled once, however often the app changes.").Instruction($"FROM restore AS {_stages[project.File]}");
        CopySources(project);
        Dotnet("build", project, [.. Framework(project.Framework), "-c", _plan.Configuration]);
    }

    private void Publish()
    {
        _file.Blank().Comment($"{_plan.App.Name} itself: published, and laid out as the image has it.").Instruction("FROM restore AS publish");
        CopySources(_plan.App);
        // The strategy of a build in a build would be another build.
        Dotnet("publish", _plan.App, [.. Framework(_plan.Framework), "-c", _plan.Configuration, "-p:ContainerStrategy=Layered", "-p:ContainerStageDirectory=/image"]);
    }

    private void Image(StageSource baseImage, ImagePlan image, ConfigurationChanges changes, ImageConfiguration baseConfiguration)
    {
        _file.Blank().Comment($"The image, on {baseImage.What}: what changes often lies on top.").Instruction($"FROM {baseImage.From} AS final");
        FinalStage.Write(_file, image.Steps, changes, baseConfiguration, () =>
        {
            foreach (var files in image.Layers.Where(l => l.Kind == OriginKind.File)) Files(files);
            foreach (var kind in Kinds()) _file.Instruction($"COPY --link --from=publish /image/{kind}/ /");
        });
    }

    private void Files(PlannedLayer layer)
    {
        if (layer.Files.All(f => f is { UserId: 0, GroupId: 0 })) _file.Instruction("COPY --link --from=publish /image/files/ /");
        else foreach (var file in layer.Files) _file.Instruction(FinalStage.CopyOwned(file, "/image/files/", "--from=publish "));
    }

    // The folders are always there; a layer of one that must be empty is not wanted.
    private IEnumerable<string> Kinds()
    {
        yield return "runtime";
        yield return "packages";
        if (_plan.Projects.Length > 1) yield return "projects";
        if (_plan.HasStaticAssets) yield return "static";
        yield return "app";
    }

    // Sources and outputs of what it uses keep their times, as they were compiled together: then nothing is compiled again.
    private void CopySources(SourceProject project)
    {
        foreach (var used in _plan.Projects.Where(p => project.Uses.Contains(p.File)))
        {
            foreach (var folder in used.Outputs.Prepend(used.Folder))
                _file.Instruction($"COPY --from={_stages[used.File]} {DockerfileText.Paths([SourceNames.Escaped($"{SourceNames.Root}/{folder}".TrimEnd('/') + "/"), SourceNames.Target(folder)], "A source's path")}");
            CopyByFolder(used.LinkedFiles);
        }
        CopyByFolder(project.LinkedFiles);
        _file.Instruction($"COPY {DockerfileText.Paths([SourceNames.Escaped(SourceNames.Target(project.Folder)), SourceNames.Target(project.Folder)], "A source's path")}");
    }

    private void CopyByFolder(IEnumerable<string> paths)
    {
        foreach (var group in paths.GroupBy(SourceNames.FolderOf).OrderBy(g => g.Key, StringComparer.Ordinal))
            _file.Instruction($"COPY {DockerfileText.Paths([.. group.Distinct().Order(StringComparer.Ordinal).Select(SourceNames.Escaped), SourceNames.Target(group.Key)], "A source's path")}");
    }

    private void Dotnet(string command, SourceProject project, ImmutableArray<string> arguments)
    {
        string[] words = ["dotnet", command, project.File, .. arguments, .. _plan.Properties.Select(p => SourceNames.Property(p.Key, p.Value))];
        _file.Instruction($"RUN --mount=type=cache,target={Toolchain.NuGetFolder}", [.. Mounts(), DockerfileText.Exec(words)]);
    }

    private IEnumerable<string> Mounts() =>
        _plan.SecretConfigs.Select(c => $"--mount=type=secret,id={c.Id},target={SourceNames.Mount($"{SourceNames.Root}/{c.File}")},required=true")
            .Prepend($"--mount=type=secret,id={NuGetSecret},target={Toolchain.NuGetConfig}")
            .Concat(_plan.Registries.Take(1).Select(_ => $"--mount=type=secret,id={RegistrySecret},target={Toolchain.RegistryConfig}"))
            .Concat(_plan.Feeds.Select(f => $"--mount=type=bind,from={f.Name},target={SourceNames.Mount(f.Target)}"));

    private static string[] Framework(string? framework) => framework is null ? [] : ["-f", framework];
}
