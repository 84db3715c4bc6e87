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
}
