using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Container.Sdk.Processes;

/// <summary>What a program has started, and what that has started. Known while the program runs: afterwards, they are nobody's.</summary>
internal static class Descendants
{
    /// <summary>All of them; none where the system does not tell (only Linux has to).</summary>
    public static IReadOnlyList<Process> Of(int program)
    {
        if (!OperatingSystem.IsLinux()) return [];
        var parents = Directory.EnumerateDirectories("/proc").Select(Read).OfType<(int Id, int Parent)>().ToLookup(p => p.Parent, p => p.Id);
        var found = new List<Process>();
        var open = new Queue<int>([program]);
        while (open.TryDequeue(out var parent))
            foreach (var id in parents[parent])
            {
                open.Enqueue(id);
                if (Find(id) is { } process) found.Add(process);
            }
        return found;
    }

    /// <summary>Ends those that still run.</summary>
    public static void End(IReadOnlyList<Process> processes)
    {
        foreach (var process in processes)
        {
            try
            {
                process.Kill();
            }
            catch (Exception e) when (e is InvalidOperationException or Win32Exception)
            {
                // It has ended by itself.
            }
            process.Dispose();
        }
    }

    // "123 (name) S 1 …", where the name may hold anything.
    private static (int Id, int Parent)? Read(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            return (id, int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Process? Find(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>Asks a program to end (SIGTERM), where there is such a thing.</summary>
internal static class TerminationSignal
{
    private const int Terminate = 15;

    /// <summary>Asks, and waits until the program has ended, but not longer than so long.</summary>
    public static void Send(Process process, TimeSpan patience)
    {
        if (OperatingSystem.IsWindows() || kill(process.Id, Terminate) != 0) return;
        process.WaitForExit(patience);
    }

#pragma warning disable SYSLIB1054 // generated marshalling needs unsafe code, and there is nothing to marshal
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);
#pragma warning restore SYSLIB1054
}
