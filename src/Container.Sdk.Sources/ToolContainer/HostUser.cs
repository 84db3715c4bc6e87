using System.Globalization;

namespace Container.Sdk.Tasks;

/// <summary>Who builds, as a container has to know it: what it writes into mounted folders belongs to him.</summary>
internal static class HostUser
{
    /// <summary><c>uid:gid</c>; <c>null</c> where the engine sees to it: in a virtual machine, and in Podman without rights.</summary>
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
