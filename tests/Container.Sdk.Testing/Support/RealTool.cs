using System.Diagnostics;

namespace Container.Sdk.Testing;

/// <summary>Programs that are not ours, from the folder that CSDK_TEST_TOOLS names.</summary>
public static class RealTool
{
    /// <summary>Runs a program, and returns its output. The test is inconclusive where the program is missing.</summary>
    public static async Task<byte[]> RunAsync(string name, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Find(name), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        using var output = new MemoryStream();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        Assert.AreEqual(0, process.ExitCode, $"{name} {string.Join(' ', arguments)}\n{await errors}");
        return output.ToArray();
    }

    private static string Find(string name)
    {
        if (Environment.GetEnvironmentVariable("CSDK_TEST_TOOLS") is not { Length: > 0 } folder)
        {
            Assert.Inconclusive("CSDK_TEST_TOOLS is not set: the folder with skopeo and docker that eng/testbed provides");
            throw new UnreachableException();
        }
        var program = Path.Combine(folder, name);
        if (!File.Exists(program)) Assert.Inconclusive($"{name} is not in {folder}");
        return program;
    }
}
