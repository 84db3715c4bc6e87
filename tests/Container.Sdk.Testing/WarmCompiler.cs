using Container.Sdk.Testing.Warm;

namespace Container.Sdk.Testing;

/// <summary>The compiler server of this test run. The one that the SDK would start is shared with all of the machine, and outlives us.</summary>
internal static class WarmCompiler
{
    private static readonly string Name = $"csdk-compiler-{Guid.NewGuid():N}";
    private static readonly Lock Starting = new();
    private static WarmProcess? s_process;

    /// <summary>The name by which a compilation finds it.</summary>
    public static string NameFor(string sdkFolder)
    {
        lock (Starting)
        {
            if (s_process is not null) return Name;
            s_process = new WarmProcess(WarmCommand.Follow, Path.Combine(sdkFolder, "Roslyn", "bincore", "VBCSCompiler.dll"), $"-pipename:{Name}");
            s_process.Start();
            // A compilation that does not find it would start one of its own.
            for (var attempt = 0; attempt < 600 && !OperatingSystem.IsWindows() && !File.Exists($"/tmp/{Name}"); attempt++) Thread.Sleep(50);
            return Name;
        }
    }
}
