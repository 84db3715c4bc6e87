using System.Text;
using Microsoft.AspNetCore.Http;

namespace Container.Sdk.Registry.Tests;

/// <summary>Whatever goes wrong, a secret is in nothing that a person or a log gets to see.</summary>
[TestClass]
public sealed class SecretTests
{
    private const string Canary = "canary-7f3a";

    private static readonly RepositoryName Orders = RepositoryName.Parse("orders");

    private static async Task TryAsync(FakeRegistry registry, Surroundings surroundings, params string[] trusted)
    {
        using var client = new RegistryClient(registry.Host, surroundings.Options with { TrustedTokenHosts = trusted });
        var destination = new RegistryImageDestination(client, Orders, [Tag.Latest]);
        var shown = "";
        try
        {
            await destination.PrepareAsync(surroundings, default);
            await destination.DeliverAsync(TestImage.Of(TestImage.Bytes(1, 100)), surroundings, default);
        }
        catch (ContainerException e)
        {
            shown = e.ToString();
        }
        var secrets = (string[])[Canary, Convert.ToBase64String(Encoding.UTF8.GetBytes($"bob:{Canary}")), "token-" + Canary];
        foreach (var text in surroundings.Lines.Append(shown))
            foreach (var secret in secrets) Assert.DoesNotContain(secret, text);
    }

    private static IEnumerable<RequestDelegate?> Faults =>
    [
        null,
        c => FakeServer.SayAsync(c, 400),
        c => FakeServer.SayAsync(c, 401),
        c => FakeServer.SayAsync(c, 403),
        c => FakeServer.SayAsync(c, 500),
        c =>
        {
            c.Response.Headers.Location = "http://127.0.0.1:1/x";
            return FakeServer.SayAsync(c, 307);
        },
    ];

    [TestMethod]
    [DataRow("GET")]
    [DataRow("POST")]
    [DataRow("PUT")]
    public async Task A_password_is_in_no_message(string method)
    {
        foreach (var fault in Faults)
        {
            await using var registry = FakeRegistry.Start();
            registry.Wants = _ => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"bob:{Canary}"));
            registry.Challenges = ["Basic realm=x"];
            registry.Fault(r => r.Method == method && r.Headers.Authorization.Count > 0, fault);
            await TryAsync(registry, new Surroundings { Credential = new Credential("bob", Canary, "test") });
        }
    }

    [TestMethod]
    [DataRow("bob")]
    [DataRow("<token>")]
    public async Task A_token_is_in_no_message(string user)
    {
        foreach (var fault in Faults)
        {
            await using var registry = FakeRegistry.Start();
            await using var service = FakeServer.Start(c => FakeServer.SayAsync(c, 200, $$"""{"token":"token-{{Canary}}"}"""));
            registry.Wants = _ => "Bearer token-" + Canary;
            registry.Challenges = [$"Bearer realm=\"{service.Address}token\""];
            registry.Fault(FakeServer.Is("POST", "/uploads/"), fault);
            await TryAsync(registry, new Surroundings { Credential = new Credential(user, Canary, "test") }, service.Address.Authority);
        }
    }

    [TestMethod]
    [DataRow("bob")]
    [DataRow("<token>")]
    public async Task A_token_service_that_fails_tells_no_secret(string user)
    {
        foreach (var fault in Faults)
        {
            await using var registry = FakeRegistry.Start();
            await using var service = FakeServer.Start(fault ?? FakeServer.Break);
            registry.Wants = _ => "Bearer x";
            registry.Challenges = [$"Bearer realm=\"{service.Address}token\""];
            await TryAsync(registry, new Surroundings { Credential = new Credential(user, Canary, "test") }, service.Address.Authority);
        }
    }

    [TestMethod]
    public async Task The_state_of_an_upload_is_in_no_message()
    {
        await using var registry = FakeRegistry.Start();
        registry.Fault(FakeServer.Is("POST", "/uploads/"), c =>
        {
            c.Response.Headers.Location = $"/v2/orders/blobs/uploads/1?_state={Canary}";
            return FakeServer.SayAsync(c, 202);
        });
        registry.Fault("PUT", "/uploads/", 503);

        await TryAsync(registry, new Surroundings());
    }

    [TestMethod]
    public async Task What_a_registry_says_cannot_command_a_terminal_or_a_build_server()
    {
        await using var registry = FakeRegistry.Start();
        registry.Fault("GET", "/manifests/", 400, """{"errors":[{"code":"X","message":"a\u001b[31m\r\n##vso[task.setvariable]"}]}""");
        using var client = new RegistryClient(registry.Host, new Surroundings().Options);

        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => client.Open(Orders, RegistryAccess.Pull).GetManifestAsync(Tag.Latest, default));

        Assert.DoesNotContain("\u001b", e.Message);
        Assert.DoesNotContain("\n", e.Message);
    }
}
