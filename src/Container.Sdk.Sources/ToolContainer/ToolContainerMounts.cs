using System.Text;
using Container.Sdk.Engines;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>The usual way: the engine works on this machine, and the container sees its folders.</summary>
internal static class BuilderMounts
{
    /// <summary>The container with its folders; <paramref name="secrets"/> is a folder that only this user can read, and is gone afterwards.</summary>
    public static ContainerRun With(ContainerRun run, SourcePlan plan, BuilderFolders folders, string stage, IEnumerable<BuildSecret> contents, string secrets) => run with
    {
        Mounts =
        [
            ContainerMount.Bind(plan.Root, SourceNames.Root),
            ContainerMount.Bind(folders.Packages, BuilderCommand.Packages),
            ContainerMount.Bind(folders.Artifacts, BuilderCommand.Artifacts),
            ContainerMount.Bind(folders.Home, BuilderCommand.Home),
            ContainerMount.Bind(stage, BuilderCommand.Stage),
            .. plan.Feeds.Select(f => ContainerMount.Bind(f.Folder, f.Target, readOnly: true)),
            .. contents.Select(s => ContainerMount.Bind(Write(secrets, s), TargetOf(plan, s), readOnly: true)),
        ],
    };

    /// <summary>Where a secret is looked for in the container.</summary>
    public static string TargetOf(SourcePlan plan, BuildSecret secret) =>
        secret.Id == SourceDockerfile.NuGetSecret ? BuilderCommand.UserConfig : $"{SourceNames.Root}/{plan.SecretConfigs.First(c => c.Id == secret.Id).File}";

    private static string Write(string folder, BuildSecret secret)
    {
        var path = Path.Combine(folder, secret.Id);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(secret.Text));
        return path;
    }
}
