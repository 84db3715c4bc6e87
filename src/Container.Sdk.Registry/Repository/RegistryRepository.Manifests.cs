using System.Text.Json;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>A manifest or an index, as a registry served it.</summary>
/// <param name="MediaType">Its media type.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Digest">The digest of its bytes, computed here.</param>
public sealed record RegistryManifest(string MediaType, byte[] Bytes, Digest Digest);

/// <content>Manifests.</content>
public sealed partial class RegistryRepository
{
    /// <summary>The manifest or index under a tag, or <c>null</c> where there is none.</summary>
    public Task<RegistryManifest?> GetManifestAsync(Tag tag, CancellationToken cancellation) => GetManifestAsync(tag.Value, null, cancellation);

    /// <summary>The manifest or index with a digest, or <c>null</c> where there is none.</summary>
    public Task<RegistryManifest?> GetManifestAsync(Digest digest, CancellationToken cancellation) => GetManifestAsync(digest.ToString(), digest, cancellation);

    /// <summary>The digest of what is under a tag, as the registry says it; or <c>null</c> where there is nothing.</summary>
    public async Task<Digest?> FindDigestAsync(Tag tag, CancellationToken cancellation)
    {
        var call = await CallAsync(HttpMethod.Head, $"manifests/{tag}", cancellation).ConfigureAwait(false) with { WantsManifest = true };
        using var response = await Client.SendAsync(call, cancellation).ConfigureAwait(false);
        if ((int)response.StatusCode == 404) return null;
        if (response.IsSuccessStatusCode && DigestOf(response) is { } digest) return digest;
        // Some registries do not know HEAD (405), or say no digest: then GET decides, and tells errors better too.
        return (await GetManifestAsync(tag, cancellation).ConfigureAwait(false))?.Digest;
    }

    /// <summary>Writes a manifest or index under a tag.</summary>
    /// <returns>The digest that the registry says it stored it under, or <c>null</c> where it says none.</returns>
    public Task<Digest?> PutManifestAsync(Tag tag, string mediaType, byte[] bytes, CancellationToken cancellation) =>
        PutManifestAsync(tag.Value, mediaType, bytes, cancellation);

    /// <summary>Writes a manifest or index without a tag.</summary>
    /// <returns>The digest that the registry says it stored it under, or <c>null</c> where it says none.</returns>
    public Task<Digest?> PutManifestAsync(Digest digest, string mediaType, byte[] bytes, CancellationToken cancellation) =>
        PutManifestAsync(digest.ToString(), mediaType, bytes, cancellation);

    private async Task<RegistryManifest?> GetManifestAsync(string selector, Digest? expected, CancellationToken cancellation)
    {
        var name = $"{this}{(expected is null ? ':' : '@')}{selector}";
        var call = await CallAsync(HttpMethod.Get, $"manifests/{selector}", cancellation).ConfigureAwait(false) with { WantsManifest = true };
        var (response, bytes) = await FetchAsync(call, ImageManifest.LargestSize, $"The manifest {selector}", cancellation).ConfigureAwait(false);
        using (response)
        {
            if ((int)response.StatusCode == 404) return null;
            if (!response.IsSuccessStatusCode) throw await RefusalAsync(call, response, cancellation).ConfigureAwait(false);
            // Digest first: what is not what was asked for is not looked into.
            var actual = Compute(bytes, expected);
            if (expected is not null && actual != expected)
                throw Diagnostics.DigestMismatch.Error($"The manifest {expected}", Client.Host.Value, actual.ToString());
            var mediaType = MediaTypeOf(response.Content.Headers.ContentType?.MediaType, bytes, name);
            if (DigestOf(response) is { } said && said.Algorithm == actual.Algorithm && said != actual)
                Caller.Reporter.Detail($"{name}: {Client.Host} says that its digest is {said}; it is {actual}.");
            return new RegistryManifest(mediaType, bytes, actual);
        }
    }

    /// <summary>
    /// The header and the document must say the same: two readers that believe different ones would see different images
    /// (CVE-2021-41190).
    /// </summary>
    private static string MediaTypeOf(string? header, byte[] bytes, string name)
    {
        string? own;
        try
        {
            own = Json.ParseObject(bytes).GetString("mediaType");
        }
        catch (JsonException e)
        {
            var expected = header is null || MediaTypes.Manifests.Contains(header);
            throw Diagnostics.NotAnImage.Error(e, name, expected ? OneLine(e.Message) : $"the registry answers with '{header}'");
        }
        // Registries made of plain files know no better than these.
        if (header is "application/json" or "application/octet-stream" or "text/plain") header = null;
        if (header is not null && own is not null && header != own)
            throw Diagnostics.NotAnImage.Error(name, $"it says that it is '{OneLine(own)}', and the registry says that it is '{header}'");
        var type = own ?? header;
        return type is not null && (MediaTypes.IsManifest(type) || MediaTypes.IsIndex(type))
            ? type
            : throw Diagnostics.NotAnImage.Error(name, type is null ? "it does not say what it is" : $"it is '{OneLine(type)}'");
    }

    private static string OneLine(string text) => text.Replace('\n', ' ');

    private async Task<Digest?> PutManifestAsync(string selector, string mediaType, byte[] bytes, CancellationToken cancellation)
    {
        var call = await CallAsync(HttpMethod.Put, $"manifests/{selector}", cancellation).ConfigureAwait(false) with
        {
            Body = () =>
            {
                Caller.CountBytes(bytes.Length);
                var content = new ByteArrayContent(bytes);
                content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
                return content;
            },
        };
        using var response = await Client.SendAsync(call, cancellation).ConfigureAwait(false);
        if (response.IsDone()) return DigestOf(response);
        var body = await ErrorBody.ReadAsync(response, Client.Options.IdleTimeout, cancellation).ConfigureAwait(false);
        if (body.Code is "MANIFEST_BLOB_UNKNOWN" or "BLOB_UNKNOWN") throw new MissingBlobsException();
        throw await Client.RefusalAsync(call, response, body, cancellation).ConfigureAwait(false);
    }

    private static Digest Compute(byte[] bytes, Digest? like)
    {
        if (like is not { Algorithm: "sha512" }) return Digest.Of(bytes);
        return Digest.Parse("sha512:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData(bytes)));
    }

    private static Digest? DigestOf(HttpResponseMessage response) =>
        Digest.TryParse(response.First("Docker-Content-Digest"), out var digest) ? digest : null;
}

/// <summary>The registry does not have all blobs that a manifest names.</summary>
internal sealed class MissingBlobsException : Exception;
