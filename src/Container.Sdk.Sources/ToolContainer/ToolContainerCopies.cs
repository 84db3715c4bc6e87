using System.Formats.Tar;
using System.Text;
using Container.Sdk.Engines;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>
/// The other way: the engine works elsewhere and sees no folder of this machine. Sources go in, and what was published comes out.
/// Packages stay in a volume there; what was compiled does not, since two machines have two clocks, and MSBuild goes by time.
/// </summary>
internal static class BuilderCopies
{
    /// <summary>The container with its sources.</summary>
    public static ContainerRun With(ContainerRun run, SourcePlan plan, IEnumerable<BuildSecret> contents, Stream published) => run with
    {
        // Whatever is copied belongs to root, and so do volumes.
        User = "0:0",
        Mounts = [ContainerMount.Volume("container-sdk-nuget", BuilderCommand.Packages)],
        In = [new CopyIn("/", (tar, cancellation) => WriteAsync(plan, [.. contents], tar, cancellation))],
        Out = [new CopyOut(BuilderCommand.Stage, published)],
    };

    /// <summary>Unpacks what came out.</summary>
    public static void Unpack(Stream published, string stage)
    {
        if (Directory.Exists(stage)) Directory.Delete(stage, recursive: true);
        var parent = Path.GetDirectoryName(stage)!;
        var work = Path.Combine(parent, "unpacked");
        if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
        Directory.CreateDirectory(work);
        published.Position = 0;
        TarFile.ExtractToDirectory(published, work, overwriteFiles: true);
        Directory.Move(Path.Combine(work, BuilderCommand.Stage.Trim('/')), stage);
        Directory.Delete(work);
    }

    private static async Task WriteAsync(SourcePlan plan, IReadOnlyList<BuildSecret> secrets, Stream output, CancellationToken cancellation)
    {
        var writer = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
        await using var _ = writer.ConfigureAwait(false);
        foreach (var (source, path) in SourceFiles.Of(plan).Concat(plan.Feeds.SelectMany(f => Below(f.Folder, f.Target))))
            await writer.WriteEntryAsync(source, path.TrimStart('/'), cancellation).ConfigureAwait(false);
        foreach (var secret in secrets)
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(secret.Text));
            var entry = new PaxTarEntry(TarEntryType.RegularFile, BuilderMounts.TargetOf(plan, secret).TrimStart('/')) { DataStream = content, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
            await writer.WriteEntryAsync(entry, cancellation).ConfigureAwait(false);
        }
    }

    private static IEnumerable<(string Source, string Path)> Below(string folder, string target) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => (f, $"{target}/{Path.GetRelativePath(folder, f).Replace('\\', '/')}"));
}
