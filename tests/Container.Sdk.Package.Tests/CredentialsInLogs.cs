using System.IO.Compression;
using System.Text;

namespace Container.Sdk.Package.Tests;

/// <summary>A password is nowhere to be read, whatever happens and however much is logged.</summary>
[TestClass]
public sealed class CredentialsInLogs
{
    private static readonly string Basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{RegistryProcess.User}:{RegistryProcess.Password}"));

    private static readonly string[] Secrets = [RegistryProcess.Password, Basic];

    private readonly Sandbox _sandbox = new Sandbox(cold: true).BuiltConsole();

    [TestCleanup]
    public void Clean() => _sandbox.Dispose();

    [TestMethod]
    public void A_password_of_a_file_is_not_logged() => NothingIsLogged(fails: false);

    [TestMethod]
    public void A_password_of_a_file_is_not_logged_where_it_is_refused() => NothingIsLogged(fails: true);

    [TestMethod]
    public void A_password_of_a_helper_that_fails_is_not_logged()
    {
        using var registry = RegistryProcess.Start();
        _sandbox.Write("docker/config.json", """{"credsStore": "own"}""");
        _sandbox.Write("helpers/docker-credential-own", $"#!/bin/sh\necho '{{\"Username\":\"bob\",\"Secret\":\"{RegistryProcess.Password}\"'\nexit 1\n");
        Command.Run("chmod", ["+x", _sandbox.PathOf("helpers/docker-credential-own")]).Succeeded();
        _sandbox.Environment["PATH"] = $"{_sandbox.PathOf("helpers")}:{Environment.GetEnvironmentVariable("PATH")}";
        var output = Publish(registry.Host);
        Assert.AreNotEqual(0, output.ExitCode);
        IsNowhere(output);
    }

    [TestMethod]
    public void A_password_of_the_environment_is_not_logged()
    {
        using var registry = RegistryProcess.Start();
        _sandbox.Environment["SDK_CONTAINER_REGISTRY_UNAME"] = RegistryProcess.User;
        _sandbox.Environment["SDK_CONTAINER_REGISTRY_PWORD"] = RegistryProcess.Password;
        IsNowhere(Publish(registry.Host).Succeeded());
    }

    // MSBuild itself writes variables of this name into binary logs and at the verbosity diag, whatever is built.
    [TestMethod]
    public void A_password_whose_variable_MSBuild_logs_is_in_nothing_of_ours()
    {
        using var registry = RegistryProcess.Start();
        _sandbox.Environment["DOTNET_CONTAINER_REGISTRY_UNAME"] = RegistryProcess.User;
        _sandbox.Environment["DOTNET_CONTAINER_REGISTRY_PWORD"] = RegistryProcess.Password;
        var output = _sandbox.PublishBuilt("-v:normal", $"-p:ContainerRegistry={registry.Host}").Succeeded();
        Look("the output", Encoding.UTF8.GetBytes(output.Output), Secrets);
        LookAtFiles(Secrets);
    }

    private void NothingIsLogged(bool fails)
    {
        using var registry = RegistryProcess.Start();
        var basic = fails ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"another:{RegistryProcess.Password}")) : Basic;
        _sandbox.Write("docker/config.json", $$$"""{"auths": {"{{{registry.Host}}}": {"auth": "{{{basic}}}"} } }""");
        var output = Publish(registry.Host);
        Assert.AreEqual(fails, output.ExitCode != 0, output.Output);
        IsNowhere(output, basic);
    }

    private CommandResult Publish(string host)
    {
        foreach (var name in (string[])["REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"]) _sandbox.Environment[name] = null;
        _sandbox.Environment["DOCKER_CONFIG"] = _sandbox.PathOf("docker");
        return _sandbox.PublishBuilt("-v:diag", $"-bl:{_sandbox.PathOf("log.binlog")}", $"-p:ContainerRegistry={host}");
    }

    // The logs, and all that the publish wrote.
    private void IsNowhere(CommandResult output, params string[] others)
    {
        string[] secrets = [.. Secrets, .. others];
        Look("the output", Encoding.UTF8.GetBytes(output.Output), secrets);
        using var log = new GZipStream(File.OpenRead(_sandbox.PathOf("log.binlog")), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        log.CopyTo(bytes);
        Assert.AreNotEqual(-1, bytes.ToArray().AsSpan().IndexOf("PlanContainer"u8), "The log cannot be searched like this.");
        Look("the binary log", bytes.ToArray(), secrets);
        LookAtFiles(secrets);
    }

    // Result, plan and image are in obj.
    private void LookAtFiles(string[] secrets)
    {
        foreach (var folder in ((string[])[_sandbox.PathOf("app/obj"), _sandbox.Cache]).Where(Directory.Exists))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) Look(file, File.ReadAllBytes(file), secrets);
        }
        Assert.IsTrue(File.Exists(_sandbox.PathOf("app/obj/Release/net10.0/container/result.json")));
    }

    private static void Look(string where, byte[] content, string[] secrets)
    {
        foreach (var secret in secrets) Assert.AreEqual(-1, content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)), $"The password is in {where}.");
    }
}
