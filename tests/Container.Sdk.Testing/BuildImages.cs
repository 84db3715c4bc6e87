namespace Container.Sdk.Testing;

/// <summary>
/// The images that builds start from, in the testbed's registry. They are big, so they are made and pushed by the first test that needs
/// them.
/// </summary>
public static class BuildImages
{
    private static readonly Lazy<string> Pushed = new(Push, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The .NET SDK on Debian.</summary>
    public static string Sdk => $"{Pushed.Value}/dotnet/sdk:10.0";

    /// <summary>Debian alone.</summary>
    public static string Debian => $"{Pushed.Value}/debian:bookworm-slim";

    /// <summary>What a publish that compiles in a container needs beside the usual.</summary>
    /// <param name="base">The base of the image: <c>runtime</c>, <c>aspnet</c>, <c>runtime-deps</c>.</param>
    public static string[] Properties(string @base = "runtime") =>
        [$"-p:ContainerBuildImage={Sdk}", $"-p:ContainerBaseImage={Testbed.Registry}/dotnet/{@base}:10.0", "-p:ContainerBuildNetwork=host", "-p:ContainerEngine=docker"];

    private static string Push()
    {
        Testbed.Docker("version").Succeeded();
        var folder = Path.Combine(Path.GetDirectoryName(Testbed.Bases)!, "build-bases");
        // Two test programs at once would make them twice.
        using var exclusive = Exclusive(folder + ".lock");
        foreach (var name in (string[])["debian:bookworm-slim", "dotnet/sdk:10.0"])
        {
            if (Testbed.Tool("skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{Testbed.Registry}/{name}").ExitCode == 0) continue;
            var made = Command.Run(Path.Combine(PackedPackage.Root, "eng", "stand-in-bases"), ["--build", folder]);
            if (made.ExitCode != 0) Assert.Inconclusive($"There is no image to build in: {made.Output}");
            Testbed.Tool("skopeo", "copy", "--quiet", "--preserve-digests", "--dest-tls-verify=false", $"oci:{folder}:{name}", $"docker://{Testbed.Registry}/{name}").Succeeded();
        }
        return Testbed.Registry;
    }

    private static FileStream Exclusive(string file)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 6000)
            {
                Thread.Sleep(100);
            }
        }
    }
}
