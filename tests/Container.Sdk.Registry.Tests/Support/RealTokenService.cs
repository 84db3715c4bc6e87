using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Container.Sdk.Registry.Tests;

/// <summary>A token service whose tokens a real docker-registry believes.</summary>
internal sealed class RealTokenService : IAsyncDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;

    /// <param name="allowed">What is given of the actions that are asked for: <c>pull</c>, <c>pull,push</c>.</param>
    public RealTokenService(string allowed)
    {
        var request = new CertificateRequest("CN=tokens", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Server = FakeServer.Start(c => FakeServer.SayAsync(c, 200, new JsonObject { ["token"] = Token(c.Request, allowed), ["expires_in"] = 300 }.ToJsonString()));
    }

    public FakeServer Server { get; }

    /// <summary>The registry's configuration, and the file that it needs.</summary>
    public string Configure(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "tokens.pem"), _certificate.ExportCertificatePem());
        return $"auth: {"{token: {realm: '"}{Server.Address}token{"', service: test, issuer: test, rootcertbundle: "}{folder}/tokens.pem{"}}"}";
    }

    private string Token(HttpRequest request, string allowed)
    {
        var access = new JsonArray();
        foreach (var scope in request.Query["scope"])
        {
            var parts = scope!.Split(':');
            access.Add(new JsonObject
            {
                ["type"] = parts[0],
                ["name"] = parts[1],
                ["actions"] = new JsonArray([.. parts[2].Split(',').Intersect(allowed.Split(',')).Select(a => (JsonNode)a)]),
            });
        }
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256", ["x5c"] = new JsonArray(Convert.ToBase64String(_certificate.RawData)) };
        var claims = new JsonObject
        {
            ["iss"] = "test", ["aud"] = "test", ["sub"] = "bob", ["jti"] = "1",
            ["exp"] = now + 300, ["nbf"] = now - 10, ["iat"] = now - 10, ["access"] = access,
        };
        var text = $"{Encode(header)}.{Encode(claims)}";
        return $"{text}.{Base64Url(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encode(JsonObject json) => Base64Url(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _certificate.Dispose();
        _key.Dispose();
    }
}
