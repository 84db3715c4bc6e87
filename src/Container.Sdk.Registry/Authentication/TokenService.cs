using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>Asks a registry's token service for tokens (distribution, "Token Authentication Specification").</summary>
internal sealed class TokenService(RegistryHost host, Wire wire, Retrier retrier, RegistryOptions options)
{
    private const int LargestAnswer = 1 << 20;

    /// <summary>Gets a token.</summary>
    /// <param name="challenge">What the registry said.</param>
    /// <param name="realms">Where credentials may go.</param>
    /// <param name="access">What the token is for.</param>
    /// <param name="credential">Whose token; <c>null</c>: anybody's.</param>
    /// <param name="caller">On whose behalf.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Token> GetAsync(
        Challenge challenge, RealmPolicy realms, Access access, Credential? credential, Caller caller, CancellationToken cancellation)
    {
        var service = realms.Check(challenge["realm"] ?? "", credential is not null);
        // Only identity tokens need POST. Passwords go by GET, which every service knows: GCR answers 404 to POST,
        // Artifactory 401, ACR 400 (recorded in containerd's docker/authorizer.go).
        if (credential is { IsIdentityToken: true })
        {
            using var posted = await SendAsync(Post(service, challenge, access, credential, caller), null, cancellation).ConfigureAwait(false);
            if (posted.IsSuccessStatusCode) return await ReadAsync(posted, cancellation).ConfigureAwait(false);
            if ((int)posted.StatusCode is not (400 or 401 or 404 or 405)) throw await RefusalAsync(posted, credential, cancellation).ConfigureAwait(false);
        }
        using var answer = await SendAsync(Get(service, challenge, access, caller), credential?.ToBasic(), cancellation).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode) throw await RefusalAsync(answer, credential, cancellation).ConfigureAwait(false);
        return await ReadAsync(answer, cancellation).ConfigureAwait(false);
    }

    private Task<HttpResponseMessage> SendAsync(Call call, string? authorization, CancellationToken cancellation) =>
        retrier.RunAsync(call, c => wire.SendAsync(call, authorization, c), cancellation);

    private static Call Get(Passage service, Challenge challenge, Access access, Caller caller)
    {
        var query = new System.Text.StringBuilder();
        if (challenge["service"] is { } name) query.Append("&service=").Append(Uri.EscapeDataString(name));
        foreach (var scope in access.Scopes) query.Append("&scope=").Append(Uri.EscapeDataString(scope));
        return new Call(HttpMethod.Get, service.WithQuery(query.ToString(1, query.Length - 1)), caller);
    }

    private static Call Post(Passage service, Challenge challenge, Access access, Credential credential, Caller caller)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["service"] = challenge["service"] ?? "",
            ["scope"] = string.Join(' ', access.Scopes),
            ["client_id"] = "container-sdk",
            ["refresh_token"] = credential.IdentityToken,
        };
        if (!service.MayCarryCredentials) throw new InvalidOperationException("the gate let credentials through");
        return new Call(HttpMethod.Post, service, caller) { Body = () => new FormUrlEncodedContent(form) };
    }

    private async Task<Token> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        byte[]? bytes;
        try
        {
            var body = IdleStream.Open(answer, options.IdleTimeout);
            bytes = await body.ReadAllAsync(LargestAnswer, cancellation).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw Diagnostics.Unreachable.Error(e, host.Value, $"its token service broke off, {e.Message.TrimEnd('.')}");
        }
        if (bytes is null) throw Diagnostics.TooLarge.Error("A token", host.Value, LargestAnswer);
        return Token.Read(bytes, options.Clock.GetUtcNow())
            ?? throw Diagnostics.RegistryError.Error(host.Value, (int)answer.StatusCode, "the request for a token", "there is no token in the answer");
    }

    private async Task<ContainerException> RefusalAsync(HttpResponseMessage answer, Credential? credential, CancellationToken cancellation)
    {
        var body = await ErrorBody.ReadAsync(answer, options.IdleTimeout, cancellation).ConfigureAwait(false);
        // ACR answers 400 to wrong identity tokens.
        return (int)answer.StatusCode is 400 or 401 or 403
            ? Diagnostics.Unauthorized.Error(host.Value, credential?.ToString() ?? "access without credentials", body.Text)
            : Diagnostics.RegistryError.Error(host.Value, (int)answer.StatusCode, "the request for a token", body.Text);
    }
}
