using System.Collections.Immutable;
using Container.Sdk.Images;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Container.Sdk.Transports;

namespace Container.Sdk.Publishing;

/// <summary>
/// From what a project says to a request: properties by their names, and items of all kinds in one list, each with its kind. Every
/// mistake is found, not only the first.
/// </summary>
/// <param name="properties">The properties, as metadata by their names.</param>
/// <param name="items">The items; the metadata <see cref="KindOfItem"/> has their kind.</param>
/// <param name="environment">Reads an environment variable.</param>
public sealed class RequestReader(IProjectItem properties, IEnumerable<IProjectItem> items, Func<string, string?> environment)
{
    /// <summary>The metadata with an item's kind: the name of the item in the project.</summary>
    public const string KindOfItem = "ContainerItemKind";

    private static readonly char[] Lines = ['\r', '\n'];

    private readonly ILookup<string, IProjectItem> _items = items.ToLookup(i => i[KindOfItem], StringComparer.Ordinal);
    private readonly List<ContainerException> _mistakes = [];

    private string Folder => properties["ProjectFolder"];

    /// <summary>Everything that the project asks for.</summary>
    /// <param name="given">The properties that were given to this build, with MSBuild's escapes.</param>
    /// <exception cref="RequestException">Something is malformed, or contradicts something else.</exception>
    public ContainerRequest Read(IReadOnlyDictionary<string, string>? given = null)
    {
        var kind = ReadKind();
        var strategy = ReadStrategy(kind);
        var created = Try(() => BuildTime.Of(environment("SOURCE_DATE_EPOCH")), "");
        var baseImage = ReadBase(kind);
        var access = ReadAccess();
        var target = Try(() => ReadTarget(kind), new NoTarget(RepositoryName.Parse("x"), [Tag.Latest]));
        var request = new ContainerRequest
        {
            Project = ReadIdentity(),
            Output = ReadOutput(),
            Kind = kind,
            Strategy = strategy,
            BackEnd = ReadBackEnd(strategy),
            Base = baseImage,
            BaseLibrary = properties["BaseLibrary"],
            Platform = ReadPlatform(kind),
            Format = Try(ReadFormat, null),
            Created = created,
            Settings = ReadSettings(kind, created, baseImage),
            BaseName = BaseName(baseImage),
            Steps = kind == ImageKind.Library ? [] : Try(() => StepReader.Read(_items["ContainerSystemPackage"], _items["ContainerRun"], properties["ContainerBuildPackages"]), []),
            OwnFiles = kind == ImageKind.Library ? [] : Each("ContainerFile", i => OwnFileReader.Read(i, Folder)),
            AllowedFiles = SettingsReader.Names(_items["ContainerAllowFile"]),
            MaxLayers = Try(() => PropertyReader.Number("ContainerMaxLayers", properties["ContainerMaxLayers"], 32, 1, 100), 32),
            RequiresSharedLayers = ReadFlag("ContainerRequireSharedLayers") ?? false,
            PublishesThinImages = ReadFlag("PublishesThinImages") ?? true,
            IsExplained = ReadFlag("IsExplained") ?? false,
            BundlesLibraries = ReadFlag("ContainerBundleLibraries") == true && strategy.StartsFromLibrary && kind == ImageKind.Application && ReadFlag("IsExplained") != true,
            Target = target,
            Access = access with { OutputRegistry = target.Registry },
            LayerRepository = kind == ImageKind.Library ? null : ReadLayerRepository(target),
            Cache = ReadCache(),
            Libraries = ReadSources(),
            Lock = ReadLockSettings(),
            Compilation = ReadCompilation(given),
        };
        _mistakes.AddRange(RequestRules.Check(request, properties));
        return _mistakes.Count == 0 ? request : throw new RequestException([.. _mistakes]);
    }

    /// <summary>What is known before anything is compiled.</summary>
    /// <param name="baseImage">The base image, as far as it is known.</param>
    /// <exception cref="ContainerException">The code of whatever is malformed.</exception>
    public EarlyRequest ReadEarly(string baseImage) => Checked(() =>
    {
        var target = ReadNaming(ReadKind()).ToTarget();
        return new EarlyRequest(
            ImageReference.Parse(baseImage, Folder), Platform.FromRuntimeIdentifier(properties["ContainerRuntimeIdentifier"]), ReadFormat(), target,
            ReadAccess() with { OutputRegistry = target.Registry }, ReadLockSettings());
    });

    /// <summary>What the project's image is called.</summary>
    /// <exception cref="ContainerException">The code of whatever is malformed.</exception>
    public ImageNaming ReadNaming() => Checked(() => ReadNaming(ReadKind()));

    /// <summary>As whom registries and engines are asked, before it is known where the image goes.</summary>
    public Access ReadAccess() => new()
    {
        TrustedTokenHosts = string.Join(' ', PropertyReader.List(properties["ContainerTrustedTokenHosts"])),
        Engine = properties["ContainerEngine"],
        EngineContext = properties["ContainerEngineContext"],
    };

    /// <summary>The lock file.</summary>
    public LockSettings ReadLock() => Checked(ReadLockSettings);

    /// <summary>Where library images lie. A relative <c>oci:FOLDER</c> is relative to the file that has the item: the same for all its projects.</summary>
    public LibrarySources ReadLibraries() => Checked(ReadSources);

    /// <summary>The project.</summary>
    public ProjectIdentity ReadProject() => Checked(ReadIdentity);

    private ProjectIdentity ReadIdentity() => new(properties["ProjectFile"])
    {
        Name = properties["ProjectName"],
        AssemblyName = properties["AssemblyName"],
        TargetFramework = properties["TargetFramework"],
        FrameworkVersion = properties["FrameworkVersion"],
        PackageId = properties["PackageId"],
        PackageVersion = properties["PackageVersion"],
        PackageFile = Absolute(properties["PackageFile"]),
        PublishFolder = Absolute(properties["PublishFolder"]),
        AssetsFile = Absolute(properties["AssetsFile"]),
        IsNative = ReadFlag("PublishAot") ?? false,
        NeedsAspNet = ReadFlag("NeedsAspNet") ?? false,
        MapsPaths = ReadFlag("MapsPaths") ?? false,
    };

    // A library without a place is explained all the same.
    private ImageTarget ReadTarget(ImageKind kind)
    {
        var naming = ReadNaming(kind);
        try
        {
            return naming.ToTarget();
        }
        catch (ContainerException e) when (e.Diagnostic == Diagnostics.LibraryNeedsRegistry && ReadFlag("IsExplained") == true)
        {
            return (naming with { IsDelivered = false }).ToTarget();
        }
    }

    private ImageNaming ReadNaming(ImageKind kind) => new(kind, properties["AssemblyName"])
    {
        Registry = properties["ContainerRegistry"].Trim(),
        Prefix = properties["ContainerRepositoryPrefix"],
        Repository = properties["ContainerRepository"],
        Tags = _items["ContainerImageTags"].Any()
            ? [.. _items["ContainerImageTags"].SelectMany(t => PropertyReader.List(t.Include))]
            : [.. PropertyReader.List($"{properties["ContainerImageTag"]};{properties["ContainerImageTags"]}")],
        Archive = properties["ContainerArchiveOutputPath"],
        IsDelivered = ReadFlag("ContainerDeliver") ?? true,
        PackageId = properties["PackageId"],
        PackageVersion = properties["PackageVersion"],
        Folder = Folder,
        Libraries = ReadSources(),
    };

    // A library project is a base where its strategy says so.
    private ImageKind ReadKind() =>
        Try(() => PropertyReader.Choice<ImageKind>("ContainerImageKind", properties["ContainerImageKind"]), null) switch
        {
            ImageKind.Library when StrategyTable.Find(properties["ContainerStrategy"]) is { StartsFromLibrary: true } => ImageKind.Base,
            { } kind => kind,
            null => ImageKind.Application,
        };

    // An empty name is that of -t:PublishContainer; Auto has chosen before.
    private ImageStrategy ReadStrategy(ImageKind kind)
    {
        var name = properties["ContainerStrategy"];
        var named = name.Length == 0 || name.Equals(StrategyTable.Auto, StringComparison.OrdinalIgnoreCase) ? StrategyTable.Layered
            : Try(() => StrategyTable.Find(name) ?? throw Diagnostics.UnknownValue.Error("ContainerStrategy", name, string.Join(", ", StrategyTable.All.Select(s => s.Name).Append(StrategyTable.Auto))), StrategyTable.Layered);
        return kind switch { ImageKind.Library => StrategyTable.Layered, ImageKind.Base => StrategyTable.BaseImage, _ => named };
    }

    private BackEndKind ReadBackEnd(ImageStrategy strategy) => Try(() =>
    {
        if (PropertyReader.Choice("ContainerBackend", properties["ContainerBackend"], ("BuiltIn", BackEndKind.BuiltIn), ("Dockerfile", BackEndKind.Dockerfile)) is not { } asked) return strategy.DefaultBackEnd;
        if (strategy.WhyNot(asked) is { } why) throw Diagnostics.BackendNotOfStrategy.Error(asked, strategy, why);
        // Whoever asks for no Dockerfile gets none, whoever compiles.
        return asked == BackEndKind.BuiltIn ? strategy.DefaultBackEnd : asked;
    }, strategy.DefaultBackEnd);

    private ImageFormat? ReadFormat() => PropertyReader.Choice("ContainerImageFormat", properties["ContainerImageFormat"], ("OCI", ImageFormat.Oci), ("Docker", ImageFormat.Docker));

    private ImageReference ReadBase(ImageKind kind) =>
        kind == ImageKind.Library ? new ScratchReference() : Try(() => ImageReference.Parse(properties["ContainerBaseImage"], Folder), new ScratchReference());

    private Platform ReadPlatform(ImageKind kind)
    {
        if (kind == ImageKind.Library) return new Platform("linux", "amd64");
        var identifier = properties["ContainerRuntimeIdentifier"];
        return Try(() =>
        {
            if (identifier.Length == 0) throw Diagnostics.SeveralPlatforms.Error("ContainerRuntimeIdentifiers or RuntimeIdentifiers", properties["ContainerRuntimeIdentifiers"]);
            var platform = Platform.FromRuntimeIdentifier(identifier);
            return platform.Os == "windows" ? throw Diagnostics.WindowsImage.Error(identifier) : platform;
        }, new Platform("linux", "amd64"));
    }

    private ContainerSettings ReadSettings(ImageKind kind, string created, ImageReference baseImage)
    {
        var generated = Each("GeneratedLabel", SettingsReader.Label);
        var own = Each("ContainerLabel", SettingsReader.Label);
        // What the SDK of the day is called is no part of a library.
        if (kind == ImageKind.Library)
            return new ContainerSettings { Labels = [.. generated.Where(l => !l.Key.StartsWith("net.dot.", StringComparison.Ordinal)), .. own], WorkingDirectory = "", AppCommandInstruction = AppCommandInstruction.None };
        return new ContainerSettings
        {
            Entrypoint = SettingsReader.Names(_items["ContainerEntrypoint"]),
            EntrypointArgs = SettingsReader.Names(_items["ContainerEntrypointArgs"]),
            AppCommand = SettingsReader.Names(_items["ContainerAppCommand"]),
            AppCommandArgs = SettingsReader.Names(_items["ContainerAppCommandArgs"]),
            DefaultArgs = SettingsReader.Names(_items["ContainerDefaultArgs"]),
            AppCommandInstruction = Try(() => PropertyReader.Choice<AppCommandInstruction>("ContainerAppCommandInstruction", properties["ContainerAppCommandInstruction"]), null),
            Environment = Each("ContainerEnvironmentVariable", SettingsReader.EnvironmentVariable),
            // A later label wins: the user's own over those that are made.
            Labels =
            [
                .. generated,
                .. _items["CreatedLabel"].Select(i => KeyValuePair.Create(i.Include, created)),
                .. BaseName(baseImage) is { } name ? (KeyValuePair<string, string>[])[KeyValuePair.Create(ContainerRequest.BaseNameLabel, name)] : [],
                .. own,
            ],
            Ports = Each("ContainerPort", SettingsReader.Port),
            Volumes = Each("ContainerVolume", i => SettingsReader.ImagePath("ContainerVolume", i.Include)),
            User = Try(() => SettingsReader.User(properties["ContainerUser"]), null),
            WorkingDirectory = Try(() => SettingsReader.ImagePath("ContainerWorkingDirectory", properties["ContainerWorkingDirectory"]), "/app"),
            LabelBaseDigest = ReadFlag("LabelBaseDigest") ?? true,
        };
    }

    // A path of this machine means nothing where the image is read, and would make it another image in each folder.
    private string? BaseName(ImageReference baseImage) => ReadFlag("LabelBaseName") != false ? baseImage.PublicName(properties["ContainerBaseImage"]) : null;

    private ImmutableArray<T> Each<T>(string kind, Func<IProjectItem, T> read)
    {
        var values = ImmutableArray.CreateBuilder<T>();
        foreach (var item in _items[kind])
            Try(() =>
            {
                values.Add(read(item));
                return true;
            }, false);
        return values.ToImmutable();
    }

    private OutputFolder ReadOutput()
    {
        var output = new OutputFolder(Path.TrimEndingDirectorySeparator(Absolute(properties["OutputFolder"])), Absolute(properties["ResultFile"]));
        return properties["ContainerDockerfilePath"] is { Length: > 0 } dockerfile ? output with { Dockerfile = Absolute(dockerfile) } : output;
    }

    private ImageRepository? ReadLayerRepository(ImageTarget target) =>
        properties["ContainerLayerRepository"].Trim() is { Length: > 0 } name && target.Location is { } place
            ? Try(() => place.Sibling(RepositoryName.Parse(properties["ContainerRepositoryPrefix"] + name)), null)
            : null;

    private CacheSettings ReadCache() => new(
        Absolute(properties["CacheFolder"]),
        Try(() => PropertyReader.Choice<CacheMode>("ContainerCacheMode", properties["ContainerCacheMode"]), null) ?? CacheMode.ReadWrite,
        (long)Try(() => PropertyReader.Number("ContainerCacheMaxSize", properties["ContainerCacheMaxSize"], 10_240, 1, int.MaxValue), 10_240) << 20);

    private LockSettings ReadLockSettings() => new(Absolute(properties["ContainerLockFile"]), ReadFlag("ContainerLockedMode") ?? false);

    private LibrarySources ReadSources() => Try(() => new LibrarySources(ReadLibrarySources()), new LibrarySources([]));

    private IEnumerable<LibrarySource> ReadLibrarySources() =>
        _items["ContainerLibrarySource"].Select(i => LibrarySource.Parse(i.Include, i["Registry"], i["Repository"], i["Folder"] is { Length: > 0 } folder ? folder : Folder));

    private CompilationSettings ReadCompilation(IReadOnlyDictionary<string, string>? given) => new()
    {
        BuildImage = properties["ContainerBuildImage"],
        Network = properties["ContainerBuildNetwork"],
        Builder = properties["ContainerBuildxBuilder"],
        CacheFrom = Caches("ContainerBuildCacheFrom"),
        CacheTo = Caches("ContainerBuildCacheTo"),
        ExtensionsPath = Absolute(properties["ExtensionsPath"]),
        SolutionPath = properties["SolutionPath"] is "*Undefined*" ? "" : properties["SolutionPath"],
        Configuration = properties["Configuration"],
        IsRelease = ReadFlag("IsRelease") ?? false,
        HasSeveralFrameworks = properties["TargetFrameworks"].Length > 0,
        HasStaticAssets = ReadFlag("HasStaticAssets") ?? false,
        LibrarySources = Try<ImmutableArray<LibrarySource>>(() => [.. ReadLibrarySources()], []),
        ToolFolders = [.. properties["ToolFolders"].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Absolute)],
        GivenProperties = given ?? ImmutableDictionary<string, string>.Empty,
    };

    // Their own values have commas.
    private ImmutableArray<string> Caches(string property) => [.. properties[property].Split([';', .. Lines], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private bool? ReadFlag(string property) => Try(() => PropertyReader.Flag(property, properties[property]), null);

    private string Absolute(string path) => path.Length == 0 ? "" : Path.GetFullPath(path, Folder);

    // Of what is read by itself, too, every mistake is told.
    private T Checked<T>(Func<T> read)
    {
        var value = read();
        return _mistakes.Count == 0 ? value : throw new RequestException([.. _mistakes]);
    }

    private T Try<T>(Func<T> read, T instead)
    {
        try
        {
            return read();
        }
        catch (ContainerException e)
        {
            if (!_mistakes.Any(m => m.Message == e.Message)) _mistakes.Add(e);
            return instead;
        }
    }
}
