using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Container.Sdk.Testing;

/// <summary>
/// The images that builds start from, in the testbed's registry. They are big, so they are made and pushed by the first test that needs
/// them.
/// </summary>
public static class BuildImages
{
    private static readonly HttpClient Http = new();
    private static readonly Lazy<string> Pushed = new(Push, LazyThreadSafetyMode.ExecutionAndPublication);
    private static readonly Lazy<string> WithoutShell = new(PushWithoutShell, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The .NET SDK on Debian.</summary>
    public static string Sdk => $"{Pushed.Value}/dotnet/sdk:10.0";

    /// <summary>The .NET SDK on the testbed's runtime image, which has no shell.</summary>
    public static string SdkWithoutShell => WithoutShell.Value;

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

    // The layers are in the registry already: two documents name them in another order.
    private static string PushWithoutShell()
    {
        const string Repository = "dotnet/sdk-without-shell";
        var registry = Pushed.Value;
        var (runtime, sdk) = (Document("dotnet/runtime", "manifests/10.0"), Document("dotnet/sdk", "manifests/10.0"));
        var (settings, of) = (Document("dotnet/runtime", $"blobs/{runtime["config"]!["digest"]}"), Document("dotnet/sdk", $"blobs/{sdk["config"]!["digest"]}"));
        settings["rootfs"]!["diff_ids"]!.AsArray().Add(of["rootfs"]!["diff_ids"]!.AsArray()[^1]!.DeepClone());
        settings["history"]!.AsArray().Add(of["history"]!.AsArray()[^1]!.DeepClone());
        foreach (var layer in runtime["layers"]!.AsArray()) Mount("dotnet/runtime", layer!);
        Mount("dotnet/sdk", sdk["layers"]!.AsArray()[^1]!);
        runtime["layers"]!.AsArray().Add(sdk["layers"]!.AsArray()[^1]!.DeepClone());

        var bytes = Encoding.UTF8.GetBytes(settings.ToJsonString());
        (runtime["config"]!["digest"], runtime["config"]!["size"]) = (Digest.Of(bytes).ToString(), bytes.Length);
        var upload = Send(HttpMethod.Post, Repository, "blobs/uploads/").Headers.Location!;
        Send(HttpMethod.Put, Repository, $"{new Uri(new Uri($"http://{registry}"), upload)}&digest={Digest.Of(bytes)}", bytes);
        Send(HttpMethod.Put, Repository, "manifests/10.0", Encoding.UTF8.GetBytes(runtime.ToJsonString()), MediaTypes.OciManifest);
        return $"{registry}/{Repository}:10.0";

        JsonObject Document(string repository, string path) => JsonNode.Parse(Send(HttpMethod.Get, repository, path).Content.ReadAsStream())!.AsObject();
        void Mount(string repository, JsonNode layer) => Send(HttpMethod.Post, Repository, $"blobs/uploads/?mount={layer["digest"]}&from={repository}");
    }

    private static HttpResponseMessage Send(HttpMethod method, string repository, string path, byte[]? content = null, string mediaType = "application/octet-stream")
    {
        using var request = new HttpRequestMessage(method, path.StartsWith("http", StringComparison.Ordinal) ? path : $"http://{Testbed.Registry}/v2/{repository}/{path}") { Content = new ByteArrayContent(content ?? []) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypes.OciManifest));
        return Http.Send(request).EnsureSuccessStatusCode();
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
