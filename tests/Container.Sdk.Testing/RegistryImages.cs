using System.Net.Http.Headers;
using System.Text;

namespace Container.Sdk.Testing;

/// <summary>Reads images from a registry over plain HTTP, as they are stored.</summary>
public static class RegistryImages
{
    private static readonly HttpClient Http = new();

    /// <summary>The image under a tag or digest; it is validated as a whole.</summary>
    public static Image Read(string host, string repository, string reference)
    {
        var manifestBytes = Get(host, $"{repository}/manifests/{reference}");
        var manifest = ImageManifest.Parse(manifestBytes, reference);
        var configuration = Get(host, $"{repository}/blobs/{manifest.Config.Digest}");
        var image = Image.Read(manifest, manifestBytes, configuration, null, reference, layer => new Blob(Get(host, $"{repository}/blobs/{layer.Digest}")));
        LayoutImages.IsValid(image);
        return image;
    }

    /// <summary>Digest of what a tag points to; <c>null</c> where there is no such tag.</summary>
    public static string? DigestOf(string host, string repository, string tag)
    {
        using var response = Send(HttpMethod.Head, host, $"{repository}/manifests/{tag}");
        return response.IsSuccessStatusCode ? response.Headers.GetValues("Docker-Content-Digest").Single() : null;
    }

    private static byte[] Get(string host, string path)
    {
        using var response = Send(HttpMethod.Get, host, path).EnsureSuccessStatusCode();
        return response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
    }

    private static HttpResponseMessage Send(HttpMethod method, string host, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://{host}/v2/{path}"));
        foreach (var type in MediaTypes.Manifests) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{RegistryProcess.User}:{RegistryProcess.Password}")));
        return Http.Send(request);
    }

    private sealed class Blob(byte[] bytes) : IBlob
    {
        public RepositoryName? PlaceIn(RegistryHost registry) => null;

        public Task<Stream> OpenAsync(CancellationToken cancellation) => Task.FromResult<Stream>(new MemoryStream(bytes));
    }
}
