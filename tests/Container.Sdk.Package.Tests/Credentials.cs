using System.Text;

namespace Container.Sdk.Package.Tests;

/// <summary>A registry that wants a password gets it from wherever people keep it.</summary>
[TestClass]
public sealed class Credentials
{
    private static RegistryProcess? _registry;

    private readonly Sandbox _sandbox = new Sandbox().BuiltConsole();
    private readonly string _repository = $"app-{Guid.NewGuid():N}";

    private static RegistryProcess Registry => _registry!;

    private string[] ToRegistry => [$"-p:ContainerRegistry={Registry.Host}", $"-p:ContainerRepository={_repository}"];

    [ClassInitialize]
    public static void Start(TestContext context) => _registry = RegistryProcess.Start();

    [ClassCleanup]
    public static void Stop() => _registry?.Dispose();

    [TestInitialize]
    public void ForgetWhatThisMachineKnows()
    {
        Directory.CreateDirectory(_sandbox.PathOf("docker"));
        _sandbox.Environment["DOCKER_CONFIG"] = _sandbox.PathOf("docker");
        foreach (var name in (string[])["REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"]) _sandbox.Environment[name] = null;
    }

    [TestCleanup]
    public void Clean() => _sandbox.Dispose();

    [TestMethod]
    public void What_docker_login_wrote_is_used()
    {
        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{RegistryProcess.User}:{RegistryProcess.Password}"));
        _sandbox.Write("docker/config.json", $$$"""{"auths": {"{{{Registry.Host}}}": {"auth": "{{{secret}}}"} } }""");
        IsPublished();
    }

    [TestMethod]
    public void What_docker_itself_writes_is_used()
    {
        Command.Run(Testbed.ToolPath("docker"), ["--config", _sandbox.PathOf("docker"), "login", "-u", RegistryProcess.User, "-p", RegistryProcess.Password, Registry.Host]).Succeeded();
        IsPublished();
    }

    [TestMethod]
    [DataRow("DOTNET_CONTAINER_REGISTRY")]
    [DataRow("DOTNET_CONTAINER_PUSH_REGISTRY")]
    [DataRow("SDK_CONTAINER_REGISTRY")]
    public void The_variables_of_the_in_box_SDK_are_used(string prefix)
    {
        _sandbox.Environment[$"{prefix}_UNAME"] = RegistryProcess.User;
        _sandbox.Environment[$"{prefix}_PWORD"] = RegistryProcess.Password;
        IsPublished();
    }

    [TestMethod]
    public void The_variables_come_before_the_files()
    {
        _sandbox.Write("docker/config.json", $$$"""{"auths": {"{{{Registry.Host}}}": {"auth": "{{{Convert.ToBase64String("bob:wrong"u8)}}}"} } }""");
        _sandbox.Environment["DOTNET_CONTAINER_REGISTRY_UNAME"] = RegistryProcess.User;
        _sandbox.Environment["DOTNET_CONTAINER_REGISTRY_PWORD"] = RegistryProcess.Password;
        IsPublished();
    }

    [TestMethod]
    [DataRow("""{"credsStore": "own"}""")]
    [DataRow("""{"credHelpers": {"HOST": "own"}}""")]
    public void A_credential_helper_is_asked(string configuration)
    {
        Helper($$"""read host; echo '{"ServerURL":"'$host'","Username":"{{RegistryProcess.User}}","Secret":"{{RegistryProcess.Password}}"}'""", configuration);
        IsPublished();
    }

    [TestMethod]
    public void A_credential_helper_that_fails_is_an_error()
    {
        Helper("echo 'the keychain is locked'; exit 1", """{"credsStore": "own"}""");
        IsRefused("CSDK2003");
    }

    [TestMethod]
    public void A_credential_helper_that_is_missing_is_an_error()
    {
        _sandbox.Write("docker/config.json", """{"credsStore": "nobody-has-this"}""");
        IsRefused("CSDK2003");
    }

    [TestMethod]
    public void A_wrong_password_is_refused()
    {
        _sandbox.Environment["DOTNET_CONTAINER_REGISTRY_UNAME"] = RegistryProcess.User;
        _sandbox.Environment["DOTNET_CONTAINER_REGISTRY_PWORD"] = "wrong";
        IsRefused("CSDK2001");
    }

    [TestMethod]
    public void No_password_is_refused() => IsRefused("CSDK2001");

    [TestMethod]
    public void A_file_with_credentials_that_is_damaged_is_an_error()
    {
        _sandbox.Write("docker/config.json", "{\"auths\":");
        IsRefused("CSDK2007");
    }

    private void Helper(string script, string configuration)
    {
        _sandbox.Write("docker/config.json", configuration.Replace("HOST", Registry.Host, StringComparison.Ordinal));
        _sandbox.Write("helpers/docker-credential-own", $"#!/bin/sh\n{script}\n");
        Command.Run("chmod", ["+x", _sandbox.PathOf("helpers/docker-credential-own")]).Succeeded();
        _sandbox.Environment["PATH"] = $"{_sandbox.PathOf("helpers")}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    private void IsPublished()
    {
        _sandbox.PublishBuilt(ToRegistry).Succeeded();
        Assert.AreEqual((string?)_sandbox.Result("app")["digest"], RegistryImages.Read(Registry.Host, _repository, "latest").Descriptor.Digest.ToString());
    }

    private void IsRefused(string code)
    {
        _sandbox.PublishBuilt(ToRegistry).RefusedWith(code);
        Assert.AreEqual(0, _sandbox.PackedLayers());
        Assert.IsEmpty(Registry.Tags(_repository));
    }
}
