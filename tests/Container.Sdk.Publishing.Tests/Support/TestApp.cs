using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Container.Sdk.Images;

namespace Container.Sdk.Publishing.Tests;

/// <summary>
/// A published app in a folder of its own, and what its project says: the properties and items that the targets hand over. It
/// starts from <c>scratch</c> and goes into a registry in a folder, unless a test says otherwise.
/// </summary>
internal sealed class TestApp : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestItem _properties = new("", "app");
    private readonly List<TestItem> _items = [], _files = [], _others = [];

    public TestApp()
    {
        Directory.CreateDirectory(_folder["app"]);
        foreach (var (name, value) in ((string, string)[])
        [
            ("ProjectFile", PathOf("app/app.csproj")), ("ProjectName", "app"), ("ProjectFolder", PathOf("app")), ("AssemblyName", "app"), ("Configuration", "Release"),
            ("TargetFramework", "net10.0"), ("FrameworkVersion", "10.0"), ("PackageId", "app"), ("PackageVersion", "1.0.0"), ("PublishFolder", "publish/"),
            ("AssetsFile", "obj/project.assets.json"), ("ExtensionsPath", "obj/"), ("OutputFolder", "obj/container/"), ("ResultFile", "obj/container/result.json"),
            ("CacheFolder", PathOf("cache")), ("ContainerStrategy", "Layered"), ("ContainerRegistry", $"oci:{Registry}"), ("ContainerBaseImage", "scratch"),
            ("ContainerRuntimeIdentifier", "linux-x64"), ("ContainerWorkingDirectory", "/app"),
        ]) _properties[name] = value;
        Publish("app.dll", "compiled");
        Publish("app.runtimeconfig.json", "{}");
    }

    /// <summary>What all projects of the test share.</summary>
    public PublishSession Session { get; init; } = new();

    /// <summary>What the project was told.</summary>
    public RecordingReporter Reporter { get; } = new();

    /// <summary>The variables of the environment.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>The registry in a folder that images go to.</summary>
    public string Registry => PathOf("registry");

    /// <summary>The properties that were given to the build.</summary>
    public string this[string property]
    {
        get => _properties[property];
        set => _properties[property] = value;
    }

    /// <summary>The result file.</summary>
    public JsonObject Result => JsonNode.Parse(File.ReadAllText(PathOf("app/obj/container/result.json")))!.AsObject();

    /// <summary>The files in the cache's folder of blobs.</summary>
    public string[] Blobs => Directory.Exists(PathOf("cache/blobs/sha256")) ? Directory.GetFiles(PathOf("cache/blobs/sha256")) : [];

    /// <summary>Absolute path of something in the folder.</summary>
    public string PathOf(string name) => _folder[name];

    /// <summary>Sets a property.</summary>
    public TestApp With(string property, string value)
    {
        _properties[property] = value;
        return this;
    }

    /// <summary>Has an item.</summary>
    public TestApp Has(string kind, string include, params (string Name, string Value)[] metadata)
    {
        _items.Add(new TestItem(kind, include, metadata));
        return this;
    }

    /// <summary>Publishes a file.</summary>
    public TestApp Publish(string path, string content, params (string Name, string Value)[] metadata) => Publish(path, Encoding.UTF8.GetBytes(content), metadata);

    /// <summary>Publishes a file.</summary>
    public TestApp Publish(string path, byte[] content, params (string Name, string Value)[] metadata)
    {
        Write($"app/publish/{path}", content);
        return List(path, metadata);
    }

    /// <summary>Lists a file as published, whether it is there or not.</summary>
    public TestApp List(string path, params (string Name, string Value)[] metadata)
    {
        _files.RemoveAll(f => f["RelativePath"] == path);
        _files.Add(new TestItem("", path, [("RelativePath", path), .. metadata]));
        return this;
    }

    /// <summary>Writes a file into the folder.</summary>
    public string Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        return _folder.Write(name, content);
    }

    /// <summary>The request, read anew.</summary>
    public ContainerRequest Request()
    {
        var items = _items.ToList();
        // The targets name the app where the project names no command.
        if (!items.Any(i => i[RequestReader.KindOfItem] == "ContainerAppCommand") && this["ContainerAppCommandInstruction"] != "None")
            items.AddRange([new TestItem("ContainerAppCommand", "dotnet"), new TestItem("ContainerAppCommand", $"{this["ContainerWorkingDirectory"].TrimEnd('/')}/app.dll")]);
        return new RequestReader(_properties, items, Environment.GetValueOrDefault).Read();
    }

    /// <summary>The plan.</summary>
    public Task<Planning.ImagePlan> PlanAsync() => new ContainerPublisher(Session, Reporter).PlanAsync(Request(), Published, CancellationToken.None);

    /// <summary>Plans, builds and delivers, each from what the step before it wrote.</summary>
    public async Task<PublishReport> PublishAsync()
    {
        var request = Request();
        var publisher = new ContainerPublisher(Session, Reporter);
        await publisher.PlanAsync(request, Published, CancellationToken.None);
        await publisher.BuildAsync(request, PlanDocument.Load(request.Output.Plan), CancellationToken.None);
        return await publisher.DeliverAsync(request, await publisher.ReadImageAsync(request, CancellationToken.None), CancellationToken.None);
    }

    /// <summary>Publishes, and reads the image from the registry in the folder; it is validated as a whole.</summary>
    public async Task<Image> ImageAsync()
    {
        await PublishAsync();
        return LayoutImages.Read(Registry, "app:latest");
    }

    /// <summary>How each of our own layers was come by.</summary>
    public static string Outcomes(PublishReport report) => string.Join(' ', report.Assembled.Layers.Where(l => l.Outcome != LayerOutcome.Base).Select(l => l.Outcome));

    /// <summary>Publishing fails with a code; nothing is packed, and nothing is written where the image would go.</summary>
    public async Task<ContainerException> RefusedAsync(string code)
    {
        var e = await FailsAsync(code);
        Assert.IsEmpty(Blobs);
        Assert.IsFalse(Directory.Exists(Registry));
        return e;
    }

    /// <summary>Publishing fails with a code.</summary>
    public async Task<ContainerException> FailsAsync(string code)
    {
        try
        {
            await PublishAsync();
        }
        catch (RequestException e)
        {
            Assert.AreEqual(code, string.Join(' ', e.Mistakes.Select(m => m.Diagnostic.Code)), e.Message);
            return e.Mistakes[0];
        }
        catch (ContainerException e)
        {
            Assert.AreEqual(code, e.Diagnostic.Code, e.Message);
            return e;
        }
        throw new AssertFailedException($"It was published; {code} was expected.");
    }

    public void Dispose()
    {
        Session.Dispose();
        _folder.Dispose();
    }

    private PublishedProject Published => PublishedProject.Read(PathOf("app"), _files, _others);
}
