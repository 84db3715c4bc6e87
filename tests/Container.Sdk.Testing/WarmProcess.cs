using System.Diagnostics;
using System.IO.Pipes;
using Container.Sdk.Testing.Warm;

namespace Container.Sdk.Testing;

/// <summary>
/// A .NET program that a test run starts once and uses again and again. It ends with the test run: orderly, or because its pipe does,
/// however the run ends.
/// </summary>
internal sealed class WarmProcess : IDisposable
{
    private static readonly string Hook = typeof(WarmCommand).Assembly.Location;

    /// <summary>Starts it, and waits until it answers.</summary>
    /// <param name="role">What it is to do: <see cref="WarmCommand.Serve"/> or <see cref="WarmCommand.Follow"/>.</param>
    /// <param name="arguments">Arguments of dotnet.</param>
    public WarmProcess(string role, params string[] arguments)
    {
        Name = $"csdk-{Guid.NewGuid():N}";
        Pipe = new NamedPipeServerStream(Name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_STARTUP_HOOKS"] = Hook;
        start.Environment[WarmCommand.PipeVariable] = Name;
        start.Environment[WarmCommand.RoleVariable] = role;
        start.Environment["DOTNET_TieredPGO"] = "0";
        Process = new Process { StartInfo = start };
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>Name of its pipe, which nobody else has.</summary>
    public string Name { get; }

    /// <summary>The pipe.</summary>
    public NamedPipeServerStream Pipe { get; }

    /// <summary>The program.</summary>
    public Process Process { get; }

    /// <summary>Starts it, and waits until it has come.</summary>
    public void Start()
    {
        Process.Start();
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
        Process.StandardInput.Close();
        Pipe.WaitForConnectionAsync().WaitAsync(TimeSpan.FromMinutes(2)).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Pipe.Dispose();
        try { Process.Kill(entireProcessTree: true); }
        catch (InvalidOperationException) { /* It has ended, or never started. */ }
    }
}
