using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>Runs a credential helper: no shell, a bounded output, a bounded time.</summary>
internal static class HelperProcess
{
    private const int LargestOutput = 64 << 10;

    /// <summary>How long a helper may take: some show a dialogue, some call a cloud service.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs <c>program get</c> with a line of input.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program, string input, Func<string, ContainerException> failed, TimeSpan patience, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program)
        {
            ArgumentList = { "get" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = Path.GetDirectoryName(program)!,
        };
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(patience);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw failed($"it cannot be started ({e.Message})");
        }
        using (process)
        {
            try
            {
                var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, time.Token);
                await FeedAsync(process, input, time.Token).ConfigureAwait(false);
                var output = await ReadAsync(process.StandardOutput.BaseStream, time.Token).ConfigureAwait(false)
                    ?? throw failed($"its answer has more than {LargestOutput} bytes");
                await errors.ConfigureAwait(false);
                await process.WaitForExitAsync(time.Token).ConfigureAwait(false);
                return (process.ExitCode, output);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw failed($"it gave no answer within {patience.TotalSeconds:0} seconds");
            }
            finally
            {
                Stop(process);
            }
        }
    }

    private static async Task FeedAsync(Process process, string input, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(input.AsMemory(), cancellation).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says why.
        }
    }

    private static async Task<string?> ReadAsync(Stream output, CancellationToken cancellation)
    {
        var buffer = new byte[LargestOutput + 1];
        var length = 0;
        for (int n; length < buffer.Length && (n = await output.ReadAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false)) > 0;) length += n;
        return length > LargestOutput ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static void Stop(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in this moment.
        }
    }
}
