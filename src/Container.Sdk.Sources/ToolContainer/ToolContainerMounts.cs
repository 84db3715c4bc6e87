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
