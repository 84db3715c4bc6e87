using System.Text.Json;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>One repository of a registry: the requests of the OCI distribution specification.</summary>
public sealed partial class RegistryRepository
{
    private readonly Access _access;

    internal RegistryRepository(RegistryClient client, RepositoryName name, RegistryAccess access, Caller caller) =>
        (Client, Name, Caller, _access) = (client, name, caller, new Access(name, access));

    /// <summary>The registry.</summary>
    public RegistryClient Client { get; }

    /// <summary>The repository.</summary>
    public RepositoryName Name { get; }

    /// <summary>On whose behalf it is asked.</summary>
    public Caller Caller { get; }

    /// <summary>How a person writes it.</summary>
    public override string ToString() => $"{Client.Host}/{Name}";

    private async Task<Call> CallAsync(HttpMethod method, string rest, CancellationToken cancellation)
    {
        var connection = await Client.ConnectAsync(Caller, cancellation).ConfigureAwait(false);
        return new Call(method, Passage.ToRegistry(connection.Origin, $"/v2/{Name}/{rest}"), Caller) { Access = _access };
    }

    private Task<ContainerException> RefusalAsync(Call call, HttpResponseMessage response, CancellationToken cancellation) =>
        Client.RefusalAsync(call, response, null, cancellation);

    /// <summary>Sends a request and reads its whole answer, again where it breaks off.</summary>
    private async Task<Fetched> FetchAsync(Call call, int limit, string what, CancellationToken cancellation)
    {
        byte[]? body = [];
        var response = await Client.Retrier.RunAsync(call, TryAsync, cancellation).ConfigureAwait(false);
        if (body is not null) return new Fetched(response, body);
        response.Dispose();
        throw Diagnostics.TooLarge.Error(what, Client.Host.Value, limit);

        async Task<Outcome> TryAsync(CancellationToken c)
        {
            var outcome = await Client.TryAsync(call, c).ConfigureAwait(false);
            if (outcome.Response is not { IsSuccessStatusCode: true } answer || call.Method == HttpMethod.Head) return outcome;
            try
            {
                var stream = IdleStream.Open(answer, Client.Options.IdleTimeout);
                body = await stream.ReadAllAsync(limit, c).ConfigureAwait(false);
                return outcome;
            }
            catch (IOException e)
            {
                answer.Dispose();
                return Outcome.Failed(Diagnostics.Unreachable.Error(e, Client.Host.Value, $"its answer broke off, {e.Message.TrimEnd('.')}"), mayRetry: true);
            }
        }
    }

    /// <summary>An answer with all of its body.</summary>
    private sealed record Fetched(HttpResponseMessage Response, byte[] Body);

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
