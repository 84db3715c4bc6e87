using System.Net.Sockets;
using System.Security.Authentication;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>What the exceptions of the network mean, and whether another try may help.</summary>
internal static class Failures
{
    /// <summary>The outcome for an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="host">The registry.</param>
    /// <param name="target">Who was asked.</param>
    /// <param name="idle">The patience that ended, or <c>null</c>.</param>
    /// <param name="certificate">What is wrong with the certificate, or <c>null</c>.</param>
    public static Outcome Translate(Exception exception, RegistryHost host, Passage target, TimeSpan? idle, string? certificate)
    {
        var who = target.Uri.Authority.Equals(host.ApiHost, StringComparison.OrdinalIgnoreCase) ? host.Value : target.Uri.Authority;
        if (idle is { } patience) return Unreachable($"nothing moved for {patience.TotalSeconds:0} seconds", retry: true);
        if (exception is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } && exception.InnerException is AuthenticationException)
        {
            // The same certificate comes again; and what speaks no TLS does not learn it. Never go on without encryption.
            return certificate is null
                ? Unreachable("there is no encryption (TLS); a registry without it is named in DOTNET_CONTAINER_INSECURE_REGISTRIES", retry: false)
                : Outcome.Failed(Diagnostics.CertificateInvalid.Error(exception, who, certificate), mayRetry: false);
        }
        return Unreachable(Describe(exception), IsPassing(exception));

        Outcome Unreachable(string reason, bool retry) => Outcome.Failed(Diagnostics.Unreachable.Error(exception, who, reason), retry);
    }

    /// <summary>Content that was to be sent could not be read.</summary>
    public static ContainerException OfSource(Exception exception, RegistryHost host) =>
        exception as ContainerException ?? Diagnostics.UploadFailed.Error(exception, "the content", host.Value, $"it could not be read, {exception.Message.TrimEnd('.')}");

    /// <summary>Whether a connection that was there was closed instead of an answer.</summary>
    public static bool IsBrokenOff(Exception? exception)
    {
        if (exception is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }) return true;
        for (var e = exception; e is not null; e = e.InnerException)
            if (e is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown }) return true;
        return false;
    }

    private static bool IsPassing(Exception exception) => exception is not HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded };

    private static string Describe(Exception exception)
    {
        if (exception is OperationCanceledException) return "connecting took too long";
        for (var e = exception; e is not null; e = e.InnerException)
            if (e is SocketException socket) return socket.Message.TrimEnd('.');
        return exception is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }
            ? "the connection was closed before an answer came"
            : exception.Message.TrimEnd('.');
    }
}

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
