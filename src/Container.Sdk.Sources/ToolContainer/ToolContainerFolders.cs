using System.Security.Cryptography;
using System.Text;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources;

/// <summary>What stays on this machine between the runs of tool containers: packages for all projects, and for each project what it was compiled to.</summary>
/// <param name="Root">The folder of all of them; absolute.</param>
/// <param name="Key">The name of the project's own part.</param>
internal sealed record ToolContainerFolders(string Root, string Key)
{
    /// <summary>The package folder; absolute.</summary>
    public string Packages => Path.Combine(Root, "nuget");

    /// <summary>What the compiler made of the project; absolute.</summary>
    public string Artifacts => Path.Combine(Root, Key, "artifacts");

    /// <summary>The home folder in the container; absolute.</summary>
    public string Home => Path.Combine(Root, Key, "home");

    /// <summary>The folders of a project. Another build image has others, since its compiler is another.</summary>
    /// <param name="cache">The user's cache folder; absolute.</param>
    /// <param name="plan">What is compiled.</param>
    public static ToolContainerFolders Of(string cache, SourcePlan plan)
    {
        var text = string.Join('\n', Path.Combine(plan.Root, plan.App.File), plan.BuildImage, plan.Framework);
        return new ToolContainerFolders(Path.Combine(cache, "builder"), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]);
    }

    /// <summary>Makes them, and keeps other builds of the same project waiting until the lock is disposed of.</summary>
    /// <param name="stage">The stage folder, which has to be there too; absolute.</param>
    public FileLock Open(string stage)
    {
        // A file can be mounted into a mounted folder only where there is one already; the engine would make it as its own user.
        var config = Path.Combine(Home, Path.GetRelativePath(Toolchain.Home, Toolchain.NuGetConfig));
        foreach (var folder in (string[])[Packages, Artifacts, Home, Path.GetDirectoryName(config)!, stage]) Directory.CreateDirectory(folder);
        var held = FileLock.Acquire(Path.Combine(Root, Key, "lock"));
        if (!File.Exists(config)) File.WriteAllText(config, "");
        return held;
    }
}
