using System.Collections.Immutable;
using Container.Sdk.Engines;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>What runs in the tool container: the same publish as in a Dockerfile of ours, with its outputs in a folder apart from the sources.</summary>
internal static class BuilderCommand
{
    /// <summary>Where packages lie in the container.</summary>
    public const string Packages = "/nuget";

    /// <summary>Where everything goes that is made on the way: no <c>bin</c> and <c>obj</c> of the host's is read or written.</summary>
    public const string Artifacts = "/artifacts";

    /// <summary>Where what is published comes to lie, with its plan.</summary>
    public const string Stage = "/image";

    /// <summary>The home of whoever runs it.</summary>
    public const string Home = "/tmp/build";

    /// <summary>Where the user's NuGet configuration is looked for.</summary>
    public const string UserConfig = $"{Home}/.nuget/NuGet/NuGet.Config";

    /// <summary>Variables of the toolchain.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> Variables { get; } =
    [
        new("HOME", Home), new("DOTNET_CLI_HOME", Home), new("XDG_CACHE_HOME", $"{Home}/.cache"),
        new("NUGET_PACKAGES", $"{Packages}/packages"), new("NUGET_SCRATCH", $"{Packages}/scratch"), new("NUGET_HTTP_CACHE_PATH", $"{Packages}/http"),
        new("DOTNET_NOLOGO", "true"), new("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"), new("DOTNET_CLI_TELEMETRY_OPTOUT", "true"), new("MSBUILDTERMINALLOGGER", "off"),
        // A process that ends soon has nothing of a profile.
        new("DOTNET_TieredPGO", "0"),
    ];

    // A compiler server takes longer to start than one project, mostly the changed one, takes to compile; and it ends with the container.
    private const string NoCompilerServer = "-p:UseSharedCompilation=false";

    /// <summary>The publish; what is made of it is said by <paramref name="options"/>.</summary>
    public static ImmutableArray<string> Publish(SourcePlan plan, params string[] options) =>
    [
        "dotnet", "publish", $"{SourceNames.Root}/{plan.App.File}", .. plan.Framework is { } framework ? (string[])["-f", framework] : [],
        "-c", plan.Configuration, "--artifacts-path", Artifacts, NoCompilerServer, "-p:ContainerStrategy=Layered", .. options,
        .. plan.Properties.Select(p => SourceNames.Property(p.Key, p.Value)),
    ];

    /// <summary>The container, without what it sees of the host.</summary>
    public static ContainerRun Run(SourcePlan plan, string network, IEnumerable<BuildSecret> secrets) => new()
    {
        Image = plan.BuildImage,
        Command = Publish(plan, $"-p:ContainerStageDirectory={Stage}"),
        Environment = Variables,
        WorkingDirectory = SourceNames.Root,
        Network = network.Length == 0 ? null : network,
        Hidden = [.. secrets.SelectMany(s => s.Hidden)],
    };
}
