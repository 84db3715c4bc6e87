namespace Container.Sdk.Package.Tests;

/// <summary><c>ContainerLayerRepository</c>: the registry is the cache that all machines share.</summary>
[TestClass]
public sealed class SharedLayerRepository
{
    private const string Package = "package Newtonsoft.Json 13.0.3";
    private const string Key = "container-sdk.layer.key";

    private const string Parts = """
        <ItemGroup>
          <PackageReference Include="Newtonsoft.Json" Version="13.0.3" />
          <ProjectReference Include="../Core/Core.csproj" />
        </ItemGroup>
        """;

    private readonly string _name = $"shared/{Guid.NewGuid():N}";

    private string Layers => $"{_name}/layers";

    [TestMethod]
    public void A_new_layer_is_sent_once_and_mounted_by_its_app()
    {
        using var proxy = new RecordingProxy();
        using var sandbox = Service("orders");
        Push(sandbox, proxy, "orders");
        Expect.Sequence(From(sandbox, "orders"), $"{Package}: packed, sent", "project Core: packed, sent", "program host: packed, sent", "application: packed, sent");
        // Four layers and five configurations are sent; the app mounts the layers.
        Assert.AreEqual((9, 4, 5), proxy.TakeWrites());
        RegistryImages.Read(Testbed.Registry, $"{_name}/orders", "latest");
    }

    [TestMethod]
    [DataRow("OCI")]
    [DataRow("Docker")]
    public void Another_service_on_an_empty_machine_packs_and_sends_only_what_is_new(string format)
    {
        using var proxy = new RecordingProxy();
        using (var first = Service("orders")) Push(first, proxy, "orders", $"-p:ContainerImageFormat={format}");
        proxy.TakeRequests();
        using var second = Service("billing");
        Push(second, proxy, "billing", $"-p:ContainerImageFormat={format}");
        Expect.Sequence(From(second, "billing"), $"{Package}: layer repository, mounted", "project Core: layer repository, mounted", "program host: packed, sent", "application: packed, sent");
        Assert.AreEqual(2, second.PackedLayers());
        Assert.AreEqual((5, 4, 3), proxy.TakeWrites());
        Assert.Contains("app/Newtonsoft.Json.dll", LayoutImages.OwnFiles(RegistryImages.Read(Testbed.Registry, $"{_name}/billing", "latest")));
    }

    [TestMethod]
    public void A_kept_layer_is_shown_as_unchanged()
    {
        using (var first = Service("orders")) Push(first, "orders", Testbed.Registry);
        using var second = Service("billing");
        var output = Push(second, "billing", Testbed.Registry).Output;
        Assert.IsTrue(output.Split('\n').Any(l => l.Contains(Package, StringComparison.Ordinal) && l.TrimEnd().EndsWith("unchanged, mounted", StringComparison.Ordinal)), output);
    }

    [TestMethod]
    public void A_folder_keeps_layers_too()
    {
        using var first = Service("orders");
        using var second = Service("billing");
        Push(first, "orders", $"oci:{first.Registry}");
        Push(second, "billing", $"oci:{first.Registry}");
        Expect.Sequence(From(second, "billing"), $"{Package}: layer repository, reused", "project Core: layer repository, reused", "program host: packed, sent", "application: packed, sent");
        Assert.AreEqual(2, second.PackedLayers());
        Assert.Contains("app/Core.dll", LayoutImages.OwnFiles(LayoutImages.Read(first.Registry, $"{_name}/billing:latest")));
    }

    [TestMethod]
    public void A_kept_layer_is_an_image_that_foreign_tools_read()
    {
        using var sandbox = Service("orders");
        Push(sandbox, "orders", Testbed.Registry);
        var layer = RegistryImages.Read(Testbed.Registry, $"{_name}/orders", "latest").Layers[0];
        var tag = TagOf(layer);
        Assert.AreEqual(layer.Descriptor.Digest, RegistryImages.Read(Testbed.Registry, Layers, tag).Layers.Single().Descriptor.Digest);
        var inspected = Testbed.Tool("skopeo", "inspect", "--tls-verify=false", $"docker://{Testbed.Registry}/{Layers}:{tag}").Succeeded().Output;
        StringAssert.Contains(inspected, layer.Descriptor.Annotations[Key]);
        StringAssert.Contains(inspected, Package);
    }

    [TestMethod]
    [DataRow(401, "CSDK2001")]
    [DataRow(403, "CSDK2002")]
    public void A_layer_repository_that_may_not_be_written_is_one_warning_and_the_image_is_there(int status, string code)
    {
        using var proxy = new RecordingProxy { Refuse = (method, path) => method is not ("GET" or "HEAD") && path.StartsWith($"/v2/{Layers}/", StringComparison.Ordinal) ? status : null };
        using var sandbox = Service("orders");
        var result = Publish(sandbox, "orders", proxy.Address).WarnedWith(code);
        Assert.HasCount(1, result.Output.Split('\n').Where(l => l.Contains($"warning {code}", StringComparison.Ordinal)).Select(l => l.Trim()).Distinct(), result.Output);
        Expect.Sequence(From(sandbox, "orders"), $"{Package}: packed, sent", "project Core: packed, sent", "program host: packed, sent", "application: packed, sent");
        RegistryImages.Read(Testbed.Registry, $"{_name}/orders", "latest");
    }

    [TestMethod]
    public void A_layer_repository_that_may_not_be_read_is_no_reason_to_fail()
    {
        using var proxy = new RecordingProxy { Refuse = (_, path) => path.StartsWith($"/v2/{Layers}/", StringComparison.Ordinal) ? 403 : null };
        using var sandbox = Service("orders");
        Publish(sandbox, "orders", proxy.Address).WarnedWith("CSDK2002");
        RegistryImages.Read(Testbed.Registry, $"{_name}/orders", "latest");
    }

    [TestMethod]
    public void Another_layer_under_the_key_of_a_package_is_not_used_and_is_put_right()
    {
        using var first = Service("orders");
        using var second = Service("billing");
        Push(first, "orders", $"oci:{first.Registry}");
        var layers = LayoutImages.Read(first.Registry, $"{_name}/orders:latest").Layers;
        Poison(first.Registry, layers[0], layers[1]);
        Push(second, "billing", $"oci:{first.Registry}");
        Expect.Sequence(From(second, "billing").Take(2), $"{Package}: packed, reused", "project Core: layer repository, reused");
        Assert.AreEqual(layers[0].DiffId, LayoutImages.Read(first.Registry, $"{_name}/billing:latest").Layers[0].DiffId);
        Assert.AreEqual(layers[0].DiffId, LayoutImages.Read(first.Registry, $"{Layers}:{TagOf(layers[0])}").Layers.Single().DiffId);
    }

    [TestMethod]
    public void An_unchanged_app_asks_no_more_than_without_a_layer_repository()
    {
        using var proxy = new RecordingProxy();
        using var sandbox = new Sandbox().BuiltConsole();
        string[] with = [$"-p:ContainerRegistry={proxy.Address}", $"-p:ContainerRepository={_name}/with", $"-p:ContainerLayerRepository={Layers}"];
        string[] without = [$"-p:ContainerRegistry={proxy.Address}", $"-p:ContainerRepository={_name}/without"];
        Assert.AreEqual(Again(without), Again(with));

        int Again(string[] options)
        {
            sandbox.PublishBuilt(options).Succeeded();
            proxy.TakeRequests();
            sandbox.PublishBuilt(options).Succeeded();
            return proxy.TakeRequests().Count;
        }
    }

    [TestMethod]
    public void An_unchanged_app_does_not_try_again_to_write_what_it_may_not()
    {
        using var proxy = new RecordingProxy { Refuse = (method, path) => method is not ("GET" or "HEAD") && path.StartsWith($"/v2/{Layers}/", StringComparison.Ordinal) ? 403 : null };
        using var sandbox = new Sandbox().BuiltConsole();
        string[] options = [$"-p:ContainerRegistry={proxy.Address}", $"-p:ContainerRepository={_name}/app", $"-p:ContainerLayerRepository={Layers}"];
        sandbox.PublishBuilt(options).WarnedWith("CSDK2002");
        proxy.TakeRequests();
        sandbox.PublishBuilt(options).SucceededQuietly();
        Expect.Sequence(proxy.TakeRequests().Where(r => r.Path.StartsWith($"/v2/{Layers}/", StringComparison.Ordinal)).Select(r => $"{r.Method} {r.Path}"));
    }

    [TestMethod]
    public void A_machine_with_a_cache_fills_an_empty_layer_repository()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt($"-p:ContainerRegistry={Testbed.Registry}", $"-p:ContainerRepository={_name}/before").Succeeded();
        sandbox.PublishBuilt($"-p:ContainerRegistry={Testbed.Registry}", $"-p:ContainerRepository={_name}/after", $"-p:ContainerLayerRepository={Layers}").SucceededQuietly();
        Expect.Sequence(From(sandbox, "app"), "application: cache, mounted");
        var layer = RegistryImages.Read(Testbed.Registry, $"{_name}/after", "latest").Layers[0];
        Assert.AreEqual(layer.DiffId, RegistryImages.Read(Testbed.Registry, Layers, TagOf(layer)).Layers.Single().DiffId);
    }

    [TestMethod]
    public void What_is_known_to_be_kept_is_not_asked_for_again()
    {
        using var proxy = new RecordingProxy();
        using var sandbox = new Sandbox().BuiltConsole();
        string[] options = [$"-p:ContainerRegistry={proxy.Address}", $"-p:ContainerLayerRepository={Layers}"];
        sandbox.PublishBuilt([.. options, $"-p:ContainerRepository={_name}/one"]).Succeeded();
        proxy.TakeRequests();
        sandbox.PublishBuilt([.. options, $"-p:ContainerRepository={_name}/two"]).Succeeded();
        Expect.Sequence(proxy.TakeRequests().Where(r => r.Path.StartsWith($"/v2/{Layers}/", StringComparison.Ordinal)).Select(r => $"{r.Method} {r.Path}"));
        Expect.Sequence(From(sandbox, "app"), "application: cache, mounted");
    }

    [TestMethod]
    public void Two_services_of_a_solution_look_for_a_layer_once_and_keep_it_once()
    {
        using var proxy = new RecordingProxy();
        using var sandbox = Service("orders").Console("billing", Parts, says: "Billing").Solve("Shop.slnx", "orders", "billing", "Core");
        Publish(sandbox, "", proxy.Address, "Shop.slnx", "-m:1", "-p:ContainerCacheMode=Off").SucceededQuietly();
        var requests = proxy.TakeRequests();
        var tag = TagOf(RegistryImages.Read(Testbed.Registry, $"{_name}/orders", "latest").Layers[0]);
        Expect.Sequence(
            requests.Where(r => r.Path == $"/v2/{Layers}/manifests/{tag}").Select(r => $"{r.Method} {r.Status}"),
            "GET 404", "HEAD 404", "PUT 201");
        RegistryImages.Read(Testbed.Registry, $"{_name}/billing", "latest");
    }

    [TestMethod]
    public void The_prefix_of_repositories_comes_before_this_one_too()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt("-p:ContainerRepositoryPrefix=team-a/", "-p:ContainerLayerRepository=layers").SucceededQuietly();
        var layer = LayoutImages.Read(sandbox.Registry, "team-a/app:latest").Layers[0];
        LayoutImages.Read(sandbox.Registry, $"team-a/layers:{TagOf(layer)}");
    }

    [TestMethod]
    public void A_name_that_no_repository_can_have_is_refused_before_anything_is_packed()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt("-p:ContainerLayerRepository=Team/Layers").RefusedWith("CSDK1002");
        Assert.AreEqual(0, sandbox.PackedLayers());
        Assert.AreEqual("CSDK1002", (string?)sandbox.Failure()["code"]);
    }

    [TestMethod]
    public void Where_there_are_no_repositories_the_property_says_nothing()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt("-p:ContainerLayerRepository=layers", $"-p:ContainerArchiveOutputPath={sandbox.PathOf("app.tar")}").SucceededQuietly();
        Assert.IsTrue(File.Exists(sandbox.PathOf("app.tar")));
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }

    // Each is another machine, with an empty cache.
    private static Sandbox Service(string name) => new Sandbox().Library("Core").Console(name, Parts, says: name);

    private void Push(Sandbox sandbox, RecordingProxy proxy, string service, params string[] options) => Publish(sandbox, service, proxy.Address, options).SucceededQuietly();

    private CommandResult Push(Sandbox sandbox, string service, string registry) => Publish(sandbox, service, registry).SucceededQuietly();

    private CommandResult Publish(Sandbox sandbox, string folder, string registry, params string[] options) =>
        sandbox.PublishOnScratch(folder, [.. options, $"-p:ContainerRegistry={registry}", $"-p:ContainerRepositoryPrefix={_name}/", "-p:ContainerLayerRepository=layers"]);

    private static IEnumerable<string> From(Sandbox sandbox, string service) =>
        sandbox.Result(service)["layers"]!.AsArray().Select(l => $"{l!["name"]}: {l["from"]}, {l["transfer"]}");

    private static string TagOf(ImageLayer layer) => $"layer-{Digest.Parse(layer.Descriptor.Annotations[Key]).Hex[..32]}";

    // What somebody could push who may write there: the key of one layer on another one.
    private void Poison(string folder, ImageLayer layer, ImageLayer other)
    {
        var wrong = other with { Descriptor = other.Descriptor with { Annotations = layer.Descriptor.Annotations } };
        var configuration = ImageConfiguration.Empty(new Platform("linux", "amd64")).With(new ConfigurationChanges { Created = "1980-01-01T00:00:00Z", Layers = [(wrong.DiffId, "poison")] });
        var bytes = configuration.ToBytes();
        var manifest = new ImageManifest(ImageFormat.Oci, new Descriptor(MediaTypes.OciConfig, Digest.Of(bytes), bytes.Length), [wrong.Descriptor]);
        var image = new Image(manifest, manifest.ToBytes(), configuration, bytes, [wrong]);
        new LayoutImageDestination(folder, RepositoryName.Parse(Layers), [Tag.Parse(TagOf(layer))]).DeliverAsync(image, new SilentReporter(), default).GetAwaiter().GetResult();
        Assert.AreEqual(wrong.DiffId, LayoutImages.Read(folder, $"{Layers}:{TagOf(layer)}").Layers.Single().DiffId);
    }
}
