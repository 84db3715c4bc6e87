using System.Diagnostics;

namespace Container.Sdk.Testing;

/// <summary>Programs that every Linux has. The test is inconclusive where they are missing.</summary>
public static class Gnu
{
    /// <summary>Runs a program on a file, and gives what it wrote.</summary>
    public static (int Code, string Output, string Errors) Run(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            (start.Environment["LC_ALL"], start.Environment["TZ"]) = ("C.UTF-8", "UTC");
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Inconclusive($"{program} is not there");
            throw new UnreachableException();
        }
    }
}
