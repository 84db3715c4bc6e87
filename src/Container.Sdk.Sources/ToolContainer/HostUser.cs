using System.Globalization;

namespace Container.Sdk.Sources;

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
