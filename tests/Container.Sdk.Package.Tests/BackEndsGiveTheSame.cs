namespace Container.Sdk.Package.Tests;

/// <summary>One project, made by the built-in back end and by an engine from the Dockerfile: the same file tree, modes and configuration.</summary>
[TestClass]
public sealed class BackEndsGiveTheSame
{
    private static readonly string Prefix = $"backends/{Guid.NewGuid():N}";

    [TestMethod]
    public void For_a_console_app_with_a_package_and_a_project()
    {
        using var sandbox = new Sandbox().Library("Core").Console("app", """
            <ItemGroup><PackageReference Include="Newtonsoft.Json" Version="13.0.3" /><ProjectReference Include="../Core/Core.csproj" /></ItemGroup>
            """);
        Same(sandbox, "runtime");
    }

    [TestMethod]
    public void For_a_web_app_with_static_assets()
    {
        using var sandbox = new Sandbox().Console("app", sdk: "Microsoft.NET.Sdk.Web").Write("app/wwwroot/site.css", "body {}").Write("app/appsettings.json", "{}");
        Same(sandbox, "aspnet");
    }

    [TestMethod]
    public void For_every_setting_that_a_project_can_make()
    {
        using var sandbox = new Sandbox().BuiltConsole("""
            <PropertyGroup><ContainerWorkingDirectory>/srv/my app</ContainerWorkingDirectory><ContainerUser>1001:1002</ContainerUser></PropertyGroup>
            <ItemGroup>
              <ContainerEnvironmentVariable Include="ODD" Value="a $HOME ${X} &quot;q&quot; 'p' `b` # \ end\" />
              <ContainerEnvironmentVariable Include="ASPNETCORE_URLS" Value="http://+:9000" />
              <ContainerLabel Include="odd $label" Value="$x &quot; \ # `y`" />
              <ContainerPort Include="9001" Type="udp" />
              <ContainerVolume Include="/data/$x y" />
              <ContainerAppCommand Include="dotnet;app.dll" />
              <ContainerDefaultArgs Include="--a=$HOME;b &quot;c&quot;;`d`;#e;\f" />
            </ItemGroup>
            """);
        Same(sandbox, "runtime");
    }

    [TestMethod]
    public void For_an_app_with_a_library_image()
    {
        using var sandbox = new Sandbox().LibrariesIn(Testbed.Registry, $"{Prefix}/{{id}}").LibraryWithImage("Acme.Pricing")
            .AppOf("app", "Acme.Pricing", """<PackageReference Include="Acme.Pricing" Version="1.2.0" />""");
        sandbox.PublishLibrary("Acme.Pricing").Succeeded();
        Same(sandbox, "runtime");
        StringAssert.Contains(File.ReadAllText(sandbox.PathOf("app/obj/Release/net10.0/container/Dockerfile")), "COPY --link --from=library-acme.pricing /app/ /app/");
        Assert.AreEqual("library", (string?)sandbox.Result("app")["layers"]!.AsArray().Single(l => (string?)l!["name"] == "library Acme.Pricing 1.2.0")!["from"]);
    }

    [TestMethod]
    public void For_an_app_with_a_library_image_and_a_base_in_a_folder()
    {
        using var sandbox = new Sandbox();
        sandbox.LibrariesIn($"oci:{sandbox.Registry}").LibraryWithImage("Acme.Pricing")
            .AppOf("app", "Acme.Pricing", """<PackageReference Include="Acme.Pricing" Version="1.2.0" />""");
        sandbox.PublishLibrary("Acme.Pricing").Succeeded();
        Same(sandbox, Testbed.Base("runtime"));
    }

    [TestMethod]
    public void For_a_library_that_is_a_base_and_an_app_on_it()
    {
        using var sandbox = new Sandbox()
            .LibraryWithImage("Acme.Pricing", properties: "<ContainerStrategy>BaseImage</ContainerStrategy>", items: """<PackageReference Include="Serilog" Version="3.1.1" />""")
            .AppOf("app", "Acme.Pricing", """<ProjectReference Include="../Acme.Pricing/Acme.Pricing.csproj" />""", "<ContainerStrategy>BaseImage</ContainerStrategy>");
        Testbed.Docker("version").Succeeded();
        foreach (var backend in (string[])["BuiltIn", "Dockerfile"])
            sandbox.PublishLibrary("Acme.Pricing", $"-p:ContainerBackend={backend}", $"-p:ContainerRepository=same/{backend.ToLowerInvariant()}", $"-p:ContainerBaseImage={Registry("runtime")}", $"-p:ContainerRegistry={Testbed.Registry}", $"-p:ContainerRepositoryPrefix={Prefix}/").Succeeded();
        Same(
            RegistryImages.Read(Testbed.Registry, $"{Prefix}/same/builtin-base", "1.2.0"), RegistryImages.Read(Testbed.Registry, $"{Prefix}/same/dockerfile-base", "1.2.0"));
        Same(sandbox, $"{Testbed.Registry}/{Prefix}/same/builtin-base:1.2.0");
    }

    [TestMethod]
    public void For_files_that_the_user_puts_anywhere()
    {
        using var sandbox = new Sandbox().Write("certs/ca.crt", "certificate").Write("tools/start.sh", "#!/bin/sh\n").BuiltConsole("""
            <ItemGroup>
              <ContainerFile Include="../certs/ca.crt" Path="/usr/local/share/ca-certificates/" Mode="0600" />
              <ContainerFile Include="../tools/start.sh" Path="/usr/local/bin/start" />
            </ItemGroup>
            """);
        Same(sandbox, "runtime");
    }

    [TestMethod]
    public void A_file_has_the_owner_that_the_project_says_with_both()
    {
        using var sandbox = new Sandbox().Write("data.txt", "x").BuiltConsole("""<ItemGroup><ContainerFile Include="../data.txt" Path="/var/lib/data.txt" Owner="1654:1655" Mode="0640" /></ItemGroup>""");
        foreach (var backend in (string[])["BuiltIn", "Dockerfile"])
        {
            sandbox.Publish("app", "--no-build", $"-p:ContainerBackend={backend}", $"-p:ContainerRepository=owned/{backend.ToLowerInvariant()}", $"-p:ContainerBaseImage={Registry("runtime")}").Succeeded();
            var line = ImageTree.Of(LayoutImages.Read(sandbox.Registry, $"owned/{backend.ToLowerInvariant()}:latest"), 2).Single(l => l.StartsWith("var/lib/data.txt ", StringComparison.Ordinal));
            StringAssert.Contains(line, "RegularFile 640 1654:1655", backend);
        }
    }

    private static string Registry(string name) => $"{Testbed.Registry}/dotnet/{name}:10.0";

    private static void Same(Sandbox sandbox, string baseImage)
    {
        Testbed.Docker("version").Succeeded();
        var image = baseImage.Contains(':', StringComparison.Ordinal) ? baseImage : Registry(baseImage);
        sandbox.Publish("app", $"-p:ContainerBaseImage={image}", "-p:ContainerRepository=same/builtin").Succeeded();
        sandbox.Publish("app", $"-p:ContainerBaseImage={image}", "-p:ContainerRepository=same/dockerfile", "-p:ContainerBackend=Dockerfile").Succeeded();
        Same(LayoutImages.Read(sandbox.Registry, "same/builtin:latest"), LayoutImages.Read(sandbox.Registry, "same/dockerfile:latest"));
    }

    private static void Same(Image builtIn, Image dockerfile)
    {
        var bases = builtIn.Layers.Length - LayoutImages.OwnLayers(builtIn).Count;
        Assert.IsGreaterThan(0, bases);
        Expect.Sequence(dockerfile.Layers.Take(bases).Select(l => l.Descriptor.Digest.ToString()), [.. builtIn.Layers.Take(bases).Select(l => l.Descriptor.Digest.ToString())]);
        Expect.Sequence(ImageTree.Of(dockerfile, bases), [.. ImageTree.Of(builtIn, bases)]);
        Expect.Sequence(ImageTree.SettingsOf(dockerfile), [.. ImageTree.SettingsOf(builtIn)]);
        // Not only the same files: the same blobs, so that neither is sent where the other is.
        foreach (var layer in builtIn.Layers) Assert.Contains(layer.Descriptor.Digest, dockerfile.Layers.Select(l => l.Descriptor.Digest));
    }
}
