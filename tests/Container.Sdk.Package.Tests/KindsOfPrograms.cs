using System.Reflection.PortableExecutable;

namespace Container.Sdk.Package.Tests;

/// <summary>Apps that are a program of their own, or are compiled for one platform.</summary>
[TestClass]
public sealed class KindsOfPrograms
{
    private const string Package = """<ItemGroup><PackageReference Include="Newtonsoft.Json" Version="13.0.3" /></ItemGroup>""";

    [TestMethod]
    public void A_self_contained_app_has_its_runtime_in_the_bottom_layer()
    {
        using var sandbox = new Sandbox().Console("app", Package);
        sandbox.Publish("app", OnRuntimeDeps, "-r", "linux-x64", "--self-contained").SucceededQuietly();
        var image = LayoutImages.Read(sandbox.Registry, "app:latest");
        var layers = image.LayerNames();
        StringAssert.StartsWith(layers[0], "runtime Microsoft.NETCore.App.Runtime.linux-x64 ");
        Expect.Sequence(layers.Skip(1), "package Newtonsoft.Json 13.0.3", "program host", "application");
        CollectionAssert.Contains(image.FilesOf(layers[0]).ToList(), "app/System.Private.CoreLib.dll");
        CollectionAssert.Contains(image.FilesOf(layers[0]).ToList(), "app/libcoreclr.so");
        Expect.Sequence(image.FilesOf("application"), "app/app.deps.json", "app/app.dll", "app/app.pdb", "app/app.runtimeconfig.json");
        Expect.Sequence(image.Configuration.Entrypoint, "/app/app");
    }

    [TestMethod]
    public void Two_self_contained_apps_have_the_same_runtime_layer()
    {
        using var sandbox = new Sandbox().Console("one").Console("two", Package, says: "Other");
        foreach (var app in (string[])["one", "two"]) sandbox.Publish(app, OnRuntimeDeps, "-r", "linux-x64", "--self-contained").Succeeded();
        Assert.AreEqual(Runtime("one"), Runtime("two"));

        string Runtime(string app)
        {
            var image = LayoutImages.Read(sandbox.Registry, $"{app}:latest");
            return image.Layers[^image.LayerNames().Count].Descriptor.Digest.ToString();
        }
    }

    [TestMethod]
    [DataRow("true", "runtime-deps")]
    [DataRow("false", "runtime")]
    public void A_single_file_is_the_executable_entrypoint_and_runs(string selfContained, string baseName)
    {
        using var repository = new EngineRepository();
        using var sandbox = new Sandbox().Console("app", Package, says: "One file");
        string[] options = [$"-p:ContainerBaseImage={Testbed.Base(baseName)}", "-r", "linux-x64", "--self-contained", selfContained, "-p:PublishSingleFile=true"];
        sandbox.Publish("app", options).SucceededQuietly();
        var image = LayoutImages.Read(sandbox.Registry, "app:latest");
        Expect.Sequence(LayoutImages.OwnFiles(image), "app/app", "app/app.pdb");
        Assert.IsTrue(image.Entry("app/app").Mode.HasFlag(UnixFileMode.OtherExecute));
        Expect.Sequence(image.Configuration.Entrypoint, "/app/app");
        sandbox.Publish("app", [.. options, .. repository.Properties]).Succeeded();
        Assert.AreEqual("One file", repository.Run().Succeeded().Output.Trim());
    }

    [TestMethod]
    public void ReadyToRun_code_is_what_the_layers_hold()
    {
        using var sandbox = new Sandbox().Console("app", Package);
        sandbox.Publish("app", "-r", "linux-x64", "-p:PublishReadyToRun=true").SucceededQuietly();
        var image = LayoutImages.Read(sandbox.Registry, "app:latest");
        Expect.Sequence(image.LayerNames(), "package Newtonsoft.Json 13.0.3", "program host", "application");
        Assert.IsTrue(HasNativeCode(image.Bytes("app/app.dll")), "app.dll");
        Assert.IsTrue(HasNativeCode(image.Bytes("app/Newtonsoft.Json.dll")), "Newtonsoft.Json.dll");
        Expect.Sequence(image.Configuration.Entrypoint, "dotnet", "/app/app.dll");
    }

    [TestMethod]
    public void A_trimmed_app_has_what_is_left_of_the_runtime_and_runs()
    {
        using var repository = new EngineRepository();
        using var sandbox = new Sandbox().Console("app", says: "Trimmed");
        string[] options = [OnRuntimeDeps, "-r", "linux-x64", "-p:PublishTrimmed=true"];
        sandbox.Publish("app", options).SucceededQuietly();
        var files = LayoutImages.OwnFiles(LayoutImages.Read(sandbox.Registry, "app:latest")).ToList();
        CollectionAssert.Contains(files, "app/System.Private.CoreLib.dll");
        CollectionAssert.DoesNotContain(files, "app/System.Private.Xml.dll");
        StringAssert.StartsWith(LayoutImages.Read(sandbox.Registry, "app:latest").LayerNames()[0], "runtime ");
        sandbox.Publish("app", [.. options, .. repository.Properties]).Succeeded();
        Assert.AreEqual("Trimmed", repository.Run().Succeeded().Output.Trim());
    }

    private static string OnRuntimeDeps => $"-p:ContainerBaseImage={Testbed.Base("runtime-deps")}";

    private static bool HasNativeCode(byte[] assembly)
    {
        using var reader = new PEReader(new MemoryStream(assembly));
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }
}
