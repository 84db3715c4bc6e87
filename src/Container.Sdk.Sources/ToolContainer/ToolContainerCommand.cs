using System.Collections.Immutable;
using Container.Sdk.Engines;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources;

/// <summary>What runs in a tool container: the same publish as in a generated Dockerfile, with its outputs apart from the sources.</summary>
internal static class ToolContainerCommand
{
    /// <summary>Where everything goes that the compiler makes on the way; absolute. No <c>bin</c> and <c>obj</c> of this machine is read or written.</summary>
    public const string Artifacts = "/artifacts";

    /// <summary>Where what is published comes to lie, with its plan; absolute.</summary>
    public const string Stage = "/image";

    /// <summary>The environment variables: those of the toolchain, and what a user without a home of his own needs besides.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> Variables { get; } =
    [
        new("HOME", Toolchain.Home), new("XDG_CACHE_HOME", $"{Toolchain.Home}/.cache"), .. Toolchain.Variables,
        // Its lines are read.
        new("MSBUILDTERMINALLOGGER", "off"),
    ];

    /// <summary>The publish.</summary>
    /// <param name="plan">What is compiled.</param>
    /// <param name="options">What is made of it.</param>
    public static ImmutableArray<string> Publish(SourcePlan plan, params string[] options) =>
    [
        "dotnet", "publish", $"{SourceNames.Root}/{plan.App.File}", .. plan.Framework is { } framework ? (string[])["-f", framework] : [],
        "-c", plan.Configuration, "--artifacts-path", Artifacts, "-p:ContainerStrategy=Layered", .. options,
        .. plan.Properties.Select(p => SourceNames.Property(p.Key, p.Value)),
    ];

    /// <summary>The container, without what it sees of this machine.</summary>
    /// <param name="plan">What is compiled.</param>
    /// <param name="network">The network, or <c>null</c> for the engine's own choice.</param>
    /// <param name="secrets">What is never shown.</param>
    public static ContainerRun Run(SourcePlan plan, string? network, IEnumerable<BuildSecret> secrets) => new()
    {
        Image = plan.BuildImage,
        Command = Publish(plan, $"-p:ContainerStageDirectory={Stage}"),
        Environment = Variables,
        WorkingDirectory = SourceNames.Root,
        Network = network,
        Hidden = [.. secrets.SelectMany(s => s.Hidden)],
    };

    /// <summary>Where a secret is looked for in the container; absolute.</summary>
    public static string TargetOf(SourcePlan plan, BuildSecret secret) => secret.Id switch
        {
            SourceDockerfile.NuGetSecret => Toolchain.NuGetConfig,
            SourceDockerfile.RegistrySecret => Toolchain.RegistryConfig,
            _ => $"{SourceNames.Root}/{plan.SecretConfigs.First(c => c.Id == secret.Id).File}",
        };
}
