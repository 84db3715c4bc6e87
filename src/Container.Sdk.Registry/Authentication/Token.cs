using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>A token of a token service.</summary>
internal sealed class Token
{
    // Shorter lives are not believed: the clock of the service and ours differ.
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(60);

    private readonly string _value;
    private readonly DateTimeOffset _until;

    private Token(string value, DateTimeOffset until) => (_value, _until) = (value, until);

    /// <summary>Reads the answer of a token service; <c>null</c> where it holds no token.</summary>
    public static Token? Read(byte[] answer, DateTimeOffset now)
    {
        try
        {
            var json = Json.ParseObject(answer);
            var value = json.GetString("token") is { Length: > 0 } token ? token : json.GetString("access_token");
            if (string.IsNullOrEmpty(value) || value.AsSpan().ContainsAnyExceptInRange('!', '~')) return null;
            var life = Seconds(json["expires_in"]);
            // A tenth is left over, for requests that are under way when it ends.
            return new Token(value, now + 0.9 * (life < ShortestLife ? ShortestLife : life));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether it can still be used.</summary>
    public bool IsGood(DateTimeOffset now) => now < _until;

    /// <summary>The value of an Authorization header.</summary>
    public string ToBearer() => "Bearer " + _value;

    private static TimeSpan Seconds(JsonNode? node)
    {
        var number = node is not JsonValue value ? 0
            : value.TryGetValue<double>(out var n) ? n
            : value.TryGetValue<string>(out var s) && double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out n) ? n : 0;
        return TimeSpan.FromSeconds(Math.Clamp(double.IsFinite(number) ? number : 0, 0, 86400));
    }
}

/// <summary>What a request needs to be allowed.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Kind">Reading, or writing too.</param>
/// <param name="From">A second repository to read from, for a mount; or <c>null</c>.</param>
internal sealed record Access(RepositoryName Repository, RegistryAccess Kind, RepositoryName? From = null)
{
    /// <summary>
    /// The scopes to ask a token for. The scope to write stands first: some token services honour one alone, the first
    /// (GitLab, see estesp/manifest-tool#53). <c>delete</c> is never asked for: Quay then gives no token at all.
    /// </summary>
    public IEnumerable<string> Scopes
    {
        get
        {
            yield return $"repository:{Repository}:{(Kind == RegistryAccess.Push ? "pull,push" : "pull")}";
            if (From is not null) yield return $"repository:{From}:pull";
        }
    }

    /// <summary>For messages.</summary>
    public override string ToString() => $"{(Kind == RegistryAccess.Push ? "push to" : "pull from")} {Repository}";
}
