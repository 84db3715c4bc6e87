using System.Net;
using System.Net.Security;

namespace Container.Sdk.Registry;

/// <summary>Makes the HTTP handler: nothing automatic, every policy is written in this library.</summary>
internal sealed class Handlers(string host, bool isInsecure, TimeSpan consent)
{
    private string? _problem;

    /// <summary>What was wrong with the last certificate that was refused, or <c>null</c>.</summary>
    public string? CertificateProblem => Volatile.Read(ref _problem);

    /// <summary>A handler for one registry, its token service and its storage.</summary>
    public SocketsHttpHandler Create()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            Expect100ContinueTimeout = consent,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            // Copying a blob inside of a registry takes two connections, so this is more than the uploads at a time.
            MaxConnectionsPerServer = 24,
            ActivityHeadersPropagator = null,
            Proxy = new OutsideProxy(),
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
        {
            if (errors == SslPolicyErrors.None) return true;
            if (isInsecure && ((SslStream)sender).TargetHostName is { } name && host.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
            Volatile.Write(ref _problem, Describe(errors, chain));
            return false;
        };
        return handler;
    }

    private static string Describe(SslPolicyErrors errors, System.Security.Cryptography.X509Certificates.X509Chain? chain)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) return "it has none";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return "it is for another name";
        return chain?.ChainStatus is [var first, ..] && first.StatusInformation.Trim() is { Length: > 0 } text ? text.TrimEnd('.') : "its authority is not trusted";
    }

    /// <summary>The proxy that the machine is set to, but never for the machine itself, as curl and Go's programs have it too.</summary>
    private sealed class OutsideProxy : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => HttpClient.DefaultProxy.Credentials;
            set { }
        }

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : HttpClient.DefaultProxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || HttpClient.DefaultProxy.IsBypassed(host);
    }
}
