using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>The .NET SDK in a container: where it keeps its files, and how it is told. The same in a Dockerfile, a tool container and a build script.</summary>
public static class Toolchain
{
    /// <summary>The home folder of whoever runs it; absolute. It is not <c>/root</c>, since the user may be any.</summary>
    public const string Home = "/tmp/build";

    /// <summary>Where NuGet keeps packages and what it downloads; absolute. It is mounted, so that it outlives the container.</summary>
    public const string NuGetFolder = "/nuget";

    /// <summary>Where NuGet looks for the user's configuration; absolute.</summary>
    public const string NuGetConfig = $"{Home}/.nuget/NuGet/NuGet.Config";

    /// <summary>Where the credentials for registries are looked for, as <c>docker login</c> writes them; absolute.</summary>
    public const string RegistryConfig = $"{Home}/.docker/config.json";

    /// <summary>The environment variables.</summary>
    /// <remarks>
    /// A container ends soon. A compiler server takes longer to start than one project takes to compile, and code that measures itself to
    /// become faster later (TieredPGO) never gets there.
    /// </remarks>
    public static ImmutableArray<KeyValuePair<string, string>> Variables { get; } =
    [
        new("DOTNET_CLI_HOME", Home), new("DOTNET_NOLOGO", "true"), new("DOTNET_CLI_TELEMETRY_OPTOUT", "true"), new("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"),
        new("DOTNET_TieredPGO", "0"), new("NUGET_PACKAGES", $"{NuGetFolder}/packages"), new("NUGET_HTTP_CACHE_PATH", $"{NuGetFolder}/http"), new("NUGET_SCRATCH", $"{NuGetFolder}/scratch"),
        new("UseSharedCompilation", "false"), new("DOCKER_CONFIG", $"{Home}/.docker"),
    ];
}
