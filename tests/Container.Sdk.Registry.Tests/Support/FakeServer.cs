using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Container.Sdk.Registry.Tests;

/// <summary>A request as it arrived.</summary>
internal sealed record SeenRequest(string Method, string Path, string Query, string? Authorization, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public override string ToString() => $"{Method} {Path}{Query}";
}

/// <summary>A web server on a port of this machine that remembers what it was asked, and misbehaves as a test tells it.</summary>
internal class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SeenRequest> _requests = new();
    private readonly List<Fault> _faults = [];

    protected FakeServer(bool encrypted)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k =>
        {
            k.Limits.MaxRequestBodySize = null;
            k.Limits.MinRequestBodyDataRate = null;
            k.Listen(IPAddress.Loopback, 0, l =>
            {
                if (encrypted) l.UseHttps(Certificate());
            });
        });
        if (encrypted) builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.Zero);
        _app = builder.Build();
        _app.Run(AnswerAsync);
        _app.Start();
        Address = new Uri(_app.Urls.Single());
    }

    public Uri Address { get; }

    public IReadOnlyList<SeenRequest> Requests => [.. _requests];

    /// <summary>Starts a server that answers as it is told.</summary>
    public static FakeServer Start(RequestDelegate answer)
    {
        var server = new FakeServer(encrypted: false);
        server.Fault(_ => true, answer);
        return server;
    }

    /// <summary>Answers requests in another way than usual.</summary>
    /// <param name="when">Which requests.</param>
    /// <param name="then">The answer; <c>null</c>: the connection breaks.</param>
    /// <param name="times">How many of them.</param>
    public void Fault(Func<HttpRequest, bool> when, RequestDelegate? then, int times = int.MaxValue)
    {
        lock (_faults) _faults.Add(new Fault(when, then ?? Break, times));
    }

    /// <summary>Answers requests with a status and a body.</summary>
    public void Fault(string method, string path, int status, string body = "", int times = int.MaxValue, params (string Name, string Value)[] headers) =>
        Fault(Is(method, path), c =>
        {
            foreach (var (name, value) in headers) c.Response.Headers.Append(name, value);
            return SayAsync(c, status, body);
        }, times);

    /// <summary>Whether it is a request of a method to a path that contains a text.</summary>
    public static Func<HttpRequest, bool> Is(string method, string path) => r => r.Method == method && r.Path.Value!.Contains(path, StringComparison.Ordinal);

    public int Count(string method, string path) => Requests.Count(r => r.Method == method && r.Path.Contains(path, StringComparison.Ordinal));

    public static Task SayAsync(HttpContext context, int status, string body = "")
    {
        context.Response.StatusCode = status;
        return body.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(body);
    }

    public static Task Break(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    protected virtual Task ServeAsync(HttpContext context) => SayAsync(context, 404);

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        // Only forms are kept: whoever reads an upload here takes it from the registry.
        var body = "";
        if (request.HasFormContentType)
        {
            using var reader = new StreamReader(request.Body);
            body = await reader.ReadToEndAsync();
        }
        _requests.Enqueue(new SeenRequest(request.Method, request.Path.Value!, request.QueryString.Value!, request.Headers.Authorization.FirstOrDefault(),
            body, request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        Fault? fault = null;
        lock (_faults)
        {
            fault = _faults.FirstOrDefault(f => f.Left > 0 && f.When(request));
            if (fault is not null) fault.Left--;
        }
        await (fault?.Then(context) ?? ServeAsync(context));
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

internal sealed class Fault(Func<HttpRequest, bool> when, RequestDelegate then, int times)
{
    public Func<HttpRequest, bool> When { get; } = when;

    public RequestDelegate Then { get; } = then;

    public int Left { get; set; } = times;
}
