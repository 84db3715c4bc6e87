using System.Globalization;
using Container.Sdk.Engines;
using Container.Sdk.Planning;
using Container.Sdk.Processes;

namespace Container.Sdk.Sources;

/// <summary>A tool container of an engine on this machine: it sees folders of this machine.</summary>
internal static class ToolContainerMounts
{
    /// <summary>The container with its folders.</summary>
    /// <param name="run">What runs in it.</param>
    /// <param name="plan">What is compiled.</param>
    /// <param name="folders">What stays between two runs.</param>
    /// <param name="stage">The stage folder; absolute.</param>
    /// <param name="secrets">The secrets.</param>
    /// <param name="secretFolder">Has a file for each secret while the container runs.</param>
    public static ContainerRun With(ContainerRun run, SourcePlan plan, ToolContainerFolders folders, string stage, IEnumerable<BuildSecret> secrets, PrivateFolder secretFolder) => run with
    {
        Mounts =
        [
            ContainerMount.Bind(plan.Root, SourceNames.Root),
            ContainerMount.Bind(folders.Packages, Toolchain.NuGetFolder),
            ContainerMount.Bind(folders.Artifacts, ToolContainerCommand.Artifacts),
            ContainerMount.Bind(folders.Home, Toolchain.Home),
            ContainerMount.Bind(stage, ToolContainerCommand.Stage),
            .. plan.Feeds.Select(f => ContainerMount.Bind(f.Folder, f.Target, readOnly: true)),
            .. secrets.Select(s => ContainerMount.Bind(secretFolder.Write(s.Id, s.Text), ToolContainerCommand.TargetOf(plan, s), readOnly: true)),
        ],
    };
}

/// <summary>The user that a container runs as, so that what it writes into mounted folders belongs to whoever builds.</summary>
internal static class HostUser
{
    /// <summary><c>uid:gid</c> of this process; <c>null</c> where the engine maps users itself: in a virtual machine, and as rootless Podman.</summary>
    /// <param name="engine">The engine's name.</param>
    public static string? For(string engine)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var lines = File.ReadAllLines("/proc/self/status");
        var (user, group) = (Effective(lines, "Uid:"), Effective(lines, "Gid:"));
        return engine == "podman" && user != 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{user}:{group}");
    }

    // Uid:	1000	1000	1000	1000: real, effective, saved, of the file system.
    private static int Effective(string[] lines, string name) =>
        int.Parse(lines.First(l => l.StartsWith(name, StringComparison.Ordinal)).Split('\t', StringSplitOptions.RemoveEmptyEntries)[2], CultureInfo.InvariantCulture);
}
