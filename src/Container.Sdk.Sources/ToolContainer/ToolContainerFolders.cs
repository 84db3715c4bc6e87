using System.Security.Cryptography;
using System.Text;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>What stays on this machine between the runs of a tool container: packages for all projects, and for each project what it was compiled to.</summary>
/// <param name="Root">The folder of all of them.</param>
/// <param name="Key">The project's part.</param>
internal sealed record BuilderFolders(string Root, string Key)
{
    /// <summary>The folders of a project; another build image has others, since its compiler is another.</summary>
    public static BuilderFolders Of(string cache, SourcePlan plan)
    {
        var text = string.Join('\n', Path.Combine(plan.Root, plan.App.File), plan.BuildImage, plan.Framework);
        return new BuilderFolders(Path.Combine(cache, "builder"), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]);
    }

    /// <summary>The package folder.</summary>
    public string Packages => Path.Combine(Root, "nuget");

    /// <summary>What the project is compiled to, in between.</summary>
    public string Artifacts => Path.Combine(Root, Key, "artifacts");

    /// <summary>The home in the container.</summary>
    public string Home => Path.Combine(Root, Key, "home");

    /// <summary>Makes them, and keeps other builds of the same project away until this one is done.</summary>
    public FileLock Open(string stage)
    {
        // What is mounted into a mounted folder needs a place there, which the engine would make as its own user.
        var config = Path.Combine(Home, Path.GetRelativePath(BuilderCommand.Home, BuilderCommand.UserConfig));
        foreach (var folder in (string[])[Packages, Artifacts, Home, Path.GetDirectoryName(config)!, stage]) Directory.CreateDirectory(folder);
        var held = FileLock.Acquire(Path.Combine(Root, Key, "lock"));
        if (!File.Exists(config)) File.WriteAllText(config, "");
        return held;
    }
}
