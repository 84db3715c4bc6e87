using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Container.Sdk.Processes;

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
