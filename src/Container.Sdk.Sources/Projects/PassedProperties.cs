using System.Collections.Immutable;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>The properties that were given to this build, on the command line or by whoever called it.</summary>
/// <param name="All">Those that count for what is compiled.</param>
/// <param name="Passed">Those that the build in the container gets too, in order.</param>
/// <param name="Dropped">Names of those that it does not get, and that are not of the build itself.</param>
internal sealed record GlobalProperties(IReadOnlyDictionary<string, string> All, ImmutableArray<KeyValuePair<string, string>> Passed, IReadOnlyList<string> Dropped)
{
    // Neither secrets nor paths of this machine: only what is known to be neither.
    private static readonly string[] Known =
    [
        "AssemblyVersion", "ContainerAppCommandInstruction", "ContainerFamily", "ContainerMapPaths", "ContainerMaxLayers", "ContainerRuntimeIdentifier", "ContainerWorkingDirectory", "ContinuousIntegrationBuild",
        "DebugSymbols", "DebugType", "DefineConstants", "Deterministic", "EnableCompressionInSingleFile", "FileVersion", "IncludeNativeLibrariesForSelfExtract",
        "InformationalVersion", "InvariantGlobalization", "InvariantTimezone", "Optimize", "PackageVersion", "PublishAot", "PublishReadyToRun", "PublishReadyToRunComposite",
        "PublishSelfContained", "PublishSingleFile", "PublishTrimmed", "RestoreLockedMode", "RuntimeIdentifier", "SatelliteResourceLanguages", "SelfContained",
        "SourceRevisionId", "StaticExecutable", "StripSymbols", "TreatWarningsAsErrors", "TrimMode", "UseAppHost", "Version", "VersionPrefix", "VersionSuffix", "WarningLevel",
    ];

    // Said by an argument of its own, of the build itself, or ours and decided here.
    private static readonly string[] Silent = ["Configuration", "TargetFramework", "Platform", "NuGetInteractive", "PublishDir", "RestoreForce", "NoBuild"];

    // Where library images lie may be said by where the image goes.
    private static readonly string[] KnownToLibraries = ["ContainerRegistry", "ContainerRepositoryPrefix"];

    /// <summary>Reads them.</summary>
    /// <param name="engine">MSBuild.</param>
    /// <param name="hasLibraries">Whether restore takes library images.</param>
    public static GlobalProperties Read(IBuildEngine engine, bool hasLibraries)
    {
        var given = engine is IBuildEngine6 newer ? newer.GetGlobalProperties() : ImmutableDictionary<string, string>.Empty;
        var passed = given.Where(p => Known.Concat(hasLibraries ? KnownToLibraries : []).Contains(p.Key, StringComparer.OrdinalIgnoreCase)).OrderBy(p => p.Key, StringComparer.Ordinal).ToImmutableArray();
        // MSBuild tells them, and takes them, with its own escapes.
        return new GlobalProperties(
            passed.Concat(given.Where(p => p.Key is "Configuration" or "TargetFramework")).ToDictionary(StringComparer.OrdinalIgnoreCase),
            [.. passed.Select(p => KeyValuePair.Create(p.Key, ProjectCollection.Unescape(p.Value)))],
            [.. given.Keys.Where(k => !Known.Concat(Silent).Contains(k, StringComparer.OrdinalIgnoreCase) && !IsOurs(k)).Order(StringComparer.Ordinal)]);
    }

    private static bool IsOurs(string name) =>
        name.StartsWith('_') || name.StartsWith("Solution", StringComparison.Ordinal) || name.StartsWith("Container", StringComparison.Ordinal) || name.StartsWith("MSBuild", StringComparison.Ordinal);
}
