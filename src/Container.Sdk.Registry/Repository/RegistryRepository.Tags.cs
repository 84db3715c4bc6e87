using System.Text.Json;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <content>Tags.</content>
public sealed partial class RegistryRepository
{
    private const int LargestPage = 4 << 20;

    private const int MostPages = 1000;

    /// <summary>
    /// All tags, in no order that could be relied on; empty where there is no such repository. What is no tag is left out.
    /// </summary>
    public async Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellation)
    {
        var tags = new List<Tag>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // ECR refuses to be asked for more than 1000.
        var call = await CallAsync(HttpMethod.Get, "tags/list?n=1000", cancellation).ConfigureAwait(false);
        for (var page = 0; ; page++)
        {
            if (page == MostPages || !seen.Add(call.Target.Uri.PathAndQuery))
                throw Diagnostics.RegistryError.Error(Client.Host.Value, 200, call.ToString(), "its list of tags has no end");
            var (response, bytes) = await FetchAsync(call, LargestPage, "A list of tags", cancellation).ConfigureAwait(false);
            using (response)
            {
                if ((int)response.StatusCode == 404 && page == 0) return tags;
                if (!response.IsSuccessStatusCode) throw await RefusalAsync(call, response, cancellation).ConfigureAwait(false);
                Read(bytes, tags);
                if (NextOf(response) is not { } next) return tags;
                call = call with { Target = Passage.ToPage(Client.Host, call.Target, next) };
            }
        }
    }

    private void Read(byte[] bytes, List<Tag> tags)
    {
        try
        {
            // distribution writes null for an empty list.
            if (Json.ParseObject(bytes).GetArray("tags") is not { } names) return;
            foreach (var name in names)
                if (name is System.Text.Json.Nodes.JsonValue value && value.TryGetValue<string>(out var text) && Tag.TryParse(text, out var tag)) tags.Add(tag);
        }
        catch (JsonException e)
        {
            throw Diagnostics.RegistryError.Error(e, Client.Host.Value, 200, $"the request for the tags of {Name}", "its answer is no list of tags");
        }
    }

    // Link: </v2/name/tags/list?n=1000&last=v9>; rel="next"
    private static string? NextOf(HttpResponseMessage response)
    {
        if (response.First("Link") is not { } link) return null;
        var (start, end) = (link.IndexOf('<', StringComparison.Ordinal), link.IndexOf('>', StringComparison.Ordinal));
        return start >= 0 && end > start && link.AsSpan(end).Contains("next", StringComparison.OrdinalIgnoreCase) ? link[(start + 1)..end] : null;
    }
}
