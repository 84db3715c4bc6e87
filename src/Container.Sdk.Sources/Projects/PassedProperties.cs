using System.Collections.Immutable;
using Microsoft.Build.Evaluation;

namespace Container.Sdk.Sources;

/// <summary>Which of the properties that were given to this build are given to the build in the container.</summary>
/// <param name="ForEvaluation">Those that projects are evaluated with here, with MSBuild's escapes; names are compared without case.</param>
/// <param name="ForContainer">Those that the container gets, without escapes, in the order of their names.</param>
/// <param name="Dropped">Names of those that were meant for the project and that the container does not get.</param>
internal sealed record PassedProperties(
    IReadOnlyDictionary<string, string> ForEvaluation, ImmutableArray<KeyValuePair<string, string>> ForContainer, ImmutableArray<string> Dropped)
{
    // A property may hold a secret or a path of this machine. These are known to hold neither, and to matter to a compiler.
    private static readonly string[] Known =
    [
        "AssemblyVersion", "ContainerAppCommandInstruction", "ContainerFamily", "ContainerMapPaths", "ContainerMaxLayers", "ContainerRuntimeIdentifier", "ContainerWorkingDirectory", "ContinuousIntegrationBuild",
        "DebugSymbols", "DebugType", "DefineConstants", "Deterministic", "EnableCompressionInSingleFile", "FileVersion", "IncludeNativeLibrariesForSelfExtract",
        "InformationalVersion", "InvariantGlobalization", "InvariantTimezone", "Optimize", "PackageVersion", "PublishAot", "PublishReadyToRun", "PublishReadyToRunComposite",
        "PublishSelfContained", "PublishSingleFile", "PublishTrimmed", "RestoreLockedMode", "RuntimeIdentifier", "SatelliteResourceLanguages", "SelfContained",
        "SourceRevisionId", "StaticExecutable", "StripSymbols", "TreatWarningsAsErrors", "TrimMode", "UseAppHost", "Version", "VersionPrefix", "VersionSuffix", "WarningLevel",
    ];

    // A library source may be derived from the registry that the image goes to.
    private static readonly string[] KnownToLibraries = ["ContainerRegistry", "ContainerRepositoryPrefix"];

    // The container gets these two as arguments (-c, -f).
    private static readonly string[] Arguments = ["Configuration", "TargetFramework"];

    // About how this build runs, which is no concern of the container's.
    private static readonly string[] OfThisBuild = ["Platform", "NuGetInteractive", "PublishDir", "RestoreForce", "NoBuild"];

    private static readonly string[] OwnPrefixes = ["_", "Solution", "Container", "MSBuild"];

    /// <summary>Chooses from the properties of a build.</summary>
    /// <param name="given">The properties, with MSBuild's escapes.</param>
    /// <param name="restoresLibraryImages">Whether restore takes library images.</param>
    public static PassedProperties Choose(IReadOnlyDictionary<string, string> given, bool restoresLibraryImages)
    {
        var passed = given.Where(p => Has(Known, p.Key) || (restoresLibraryImages && Has(KnownToLibraries, p.Key))).OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
        return new PassedProperties(
            passed.Concat(given.Where(p => Has(Arguments, p.Key))).ToDictionary(StringComparer.OrdinalIgnoreCase),
            [.. passed.Select(p => KeyValuePair.Create(p.Key, ProjectCollection.Unescape(p.Value)))],
            [.. given.Keys.Where(k => !Has(Known, k) && !Has(Arguments, k) && !Has(OfThisBuild, k) && !OwnPrefixes.Any(o => k.StartsWith(o, StringComparison.Ordinal))).Order(StringComparer.Ordinal)]);
    }

    private static bool Has(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
