namespace Container.Sdk.Registry;

/// <summary>Reads headers as they came.</summary>
internal static class ResponseExtensions
{
    /// <summary>The first value of a header, unchanged; or <c>null</c>.</summary>
    public static string? First(this HttpResponseMessage response, string name)
    {
        if (response.Headers.NonValidated.TryGetValues(name, out var values))
            foreach (var value in values) return value;
        return null;
    }

    /// <summary>All values of a header.</summary>
    public static IEnumerable<string> All(this HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? [.. values] : [];

    /// <summary>Whether the status is one of those with which registries say that something was stored or is under way.</summary>
    public static bool IsDone(this HttpResponseMessage response) => (int)response.StatusCode is 200 or 201 or 202 or 204;
}
