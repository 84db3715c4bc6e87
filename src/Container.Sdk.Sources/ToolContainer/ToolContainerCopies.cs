using System.Formats.Tar;
using System.Text;
using Container.Sdk.Engines;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources;

/// <summary>
/// A tool container of an engine that sees no folder of this machine: sources are copied in, and what was published is copied out. Packages stay in a
/// volume of the engine's. What the compiler made does not stay: MSBuild compares times, and two machines have two clocks.
/// </summary>
internal static class ToolContainerCopies
{
    private const string PackageVolume = "container-sdk-nuget";

    /// <summary>The container with its sources.</summary>
    /// <param name="run">What runs in it.</param>
    /// <param name="plan">What is compiled.</param>
    /// <param name="secrets">The secrets.</param>
    /// <param name="published">Gets what was published, as a tar.</param>
    public static ContainerRun With(ContainerRun run, SourcePlan plan, IReadOnlyCollection<BuildSecret> secrets, Stream published) => run with
    {
        // Volumes, and what is copied, belong to root.
        User = "0:0",
        Mounts = [ContainerMount.Volume(PackageVolume, Toolchain.NuGetFolder)],
        In = [new CopyIn("/", (tar, cancellation) => WriteAsync(plan, secrets, tar, cancellation))],
        Out = [new CopyOut(ToolContainerCommand.Stage, published)],
    };

    /// <summary>Replaces the stage folder by what was published.</summary>
    /// <param name="published">The tar.</param>
    /// <param name="stage">The stage folder; absolute.</param>
    public static void Unpack(Stream published, string stage)
    {
        if (Directory.Exists(stage)) Directory.Delete(stage, recursive: true);
        var work = Path.Combine(Path.GetDirectoryName(stage)!, "unpacked");
        if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
        Directory.CreateDirectory(work);
        published.Position = 0;
        TarFile.ExtractToDirectory(published, work, overwriteFiles: true);
        Directory.Move(Path.Combine(work, ToolContainerCommand.Stage.Trim('/')), stage);
        Directory.Delete(work);
    }

    private static async Task WriteAsync(SourcePlan plan, IReadOnlyCollection<BuildSecret> secrets, Stream output, CancellationToken cancellation)
    {
        var writer = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
        await using var _ = writer.ConfigureAwait(false);
        foreach (var (source, target) in SourceFiles.Of(plan).Concat(plan.Feeds.SelectMany(f => Below(f.Folder, f.Target))))
            await writer.WriteEntryAsync(source, target.TrimStart('/'), cancellation).ConfigureAwait(false);
        foreach (var secret in secrets)
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(secret.Text));
            var entry = new PaxTarEntry(TarEntryType.RegularFile, ToolContainerCommand.TargetOf(plan, secret).TrimStart('/')) { DataStream = content, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
            await writer.WriteEntryAsync(entry, cancellation).ConfigureAwait(false);
        }
    }

    private static IEnumerable<(string Source, string Target)> Below(string folder, string target) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => (f, $"{target}/{Path.GetRelativePath(folder, f).Replace('\\', '/')}"));
}
