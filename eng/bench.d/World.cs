using System.Diagnostics;

namespace Container.Sdk.Bench;

/// <summary>Who makes the image.</summary>
internal enum Side
{
    Ours,
    InBox,
}

/// <summary>
/// A folder with an MSBuild and NuGet world of its own, so that neither this repository's settings nor a CI system's reach
/// the apps. Each side has its own caches and temporary folder in it.
/// </summary>
internal sealed class World
{
    private readonly FileInfo _package;

    public World(string folder, FileInfo package)
    {
        (Folder, _package) = (folder, package);
        var sources = Run("dotnet", ["nuget", "list", "source", "--format", "short"], Path.GetTempPath()).Split('\n')
            .Where(l => l.StartsWith("E ", StringComparison.Ordinal)).Select((l, i) => $"<add key=\"machine{i}\" value=\"{l[2..].Trim()}\" />");
        Write("NuGet.config", $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{package.DirectoryName}" />{string.Concat(sources)}</packageSources>
            </configuration>
            """);
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"]) Write(file, "<Project />");
    }

    public string Folder { get; }

    /// <summary>The version of the packed package.</summary>
    public string Version => Path.GetFileNameWithoutExtension(_package.Name)["Container.Sdk.".Length..];

    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), text);
    }

    /// <summary>Deletes what a machine that starts empty does not have: the side's cache and temporary files.</summary>
    public void Forget(Side side)
    {
        Delete($"{side}", "cache");
        Delete($"{side}", "tmp");
    }

    public void Delete(params string[] parts)
    {
        if (Directory.Exists(PathOf(parts))) Directory.Delete(PathOf(parts), recursive: true);
    }

    /// <summary>What is in a folder, for a person.</summary>
    public string Count(params string[] parts)
    {
        var files = new DirectoryInfo(PathOf(parts)).GetFiles("*", SearchOption.AllDirectories);
        return $"{files.Length} files, {files.Sum(f => f.Length):N0} bytes";
    }

    /// <summary>Runs dotnet in an app's folder.</summary>
    /// <returns>How long it took, and the most memory that the process had, in bytes; 0 where the system does not say.</returns>
    public (TimeSpan Time, long Memory) Dotnet(Side side, string app, params IEnumerable<string> arguments)
    {
        foreach (var folder in (string[])["tmp", "cache"]) Directory.CreateDirectory(PathOf($"{side}", folder));
        var info = Start("dotnet", arguments, PathOf($"{side}", app));
        foreach (var name in info.Environment.Keys.Where(IsForeign).ToList()) info.Environment.Remove(name);
        info.Environment["NUGET_PACKAGES"] = PathOf("nuget");
        // Both keep their caches in one or the other.
        info.Environment["XDG_CACHE_HOME"] = PathOf($"{side}", "cache");
        info.Environment["TMPDIR"] = PathOf($"{side}", "tmp");
        info.Environment["DOTNET_NOLOGO"] = info.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = info.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        info.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";

        var watch = Stopwatch.StartNew();
        using var process = Process.Start(info)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        // The high-water mark only grows, so that a look at it now and then sees nearly all.
        var memory = 0L;
        while (!process.WaitForExit(20)) memory = Math.Max(memory, HighWaterMark(process.Id));
        watch.Stop();
        if (process.ExitCode != 0) throw new BenchException($"dotnet {string.Join(' ', arguments)}\n{string.Join('\n', output.Result)}");
        return (watch.Elapsed, memory);
    }

    public static string Run(string program, IEnumerable<string> arguments, string folder)
    {
        using var process = Process.Start(Start(program, arguments, folder))!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        if (process.ExitCode != 0) throw new BenchException($"{program}\n{string.Join('\n', output.Result)}");
        return output.Result[0];
    }

    private static ProcessStartInfo Start(string program, IEnumerable<string> arguments, string folder) =>
        new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

    private static bool IsForeign(string name) =>
        name is "CI" or "SOURCE_DATE_EPOCH" || name.StartsWith("GITHUB_", StringComparison.Ordinal) ||
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("DOTNET_CONTAINER", StringComparison.Ordinal);

    private static long HighWaterMark(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6).TrimEnd("kB").Trim(), System.Globalization.CultureInfo.InvariantCulture) << 10;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

/// <summary>Something did not work that has to, to measure at all.</summary>
internal sealed class BenchException(string message) : Exception(message);
