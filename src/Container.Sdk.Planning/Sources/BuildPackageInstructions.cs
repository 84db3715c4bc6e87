using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>Packages of the system that only the build stage needs, such as a C compiler.</summary>
public static partial class BuildPackageInstructions
{
    /// <summary>Writes the instruction that installs them; none where there are none.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="packages">Their names.</param>
    /// <param name="buildImage">The image, whose name says which system it is.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidBuildPackage"/></exception>
    public static void Write(DockerfileWriter writer, ImmutableArray<string> packages, string buildImage)
    {
        if (packages.Length == 0) return;
        // The one place where a shell reads something: so the names are checked to have nothing for it.
        if (packages.FirstOrDefault(p => !Name().IsMatch(p)) is { } wrong) throw Diagnostics.InvalidBuildPackage.Error(wrong);
        var names = string.Join(' ', packages.Distinct().Order(StringComparer.Ordinal));
        writer.Blank().Comment("What only the compilers need.");
        if (buildImage.Contains("alpine", StringComparison.OrdinalIgnoreCase))
        {
            if (packages.Any(p => !p.Contains('='))) writer.Comment("hadolint ignore=DL3018");
            writer.Instruction($"RUN apk add --no-cache {names}");
            return;
        }
        if (packages.Any(p => !p.Contains('='))) writer.Comment("hadolint ignore=DL3008");
        writer.Instruction(
            "RUN --mount=type=cache,target=/var/cache/apt,sharing=locked",
            "--mount=type=cache,target=/var/lib/apt/lists,sharing=locked",
            $"apt-get update && apt-get install --yes --no-install-recommends {names}");
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.+:_-]*(=[A-Za-z0-9.+:~_-]+)?\z")]
    private static partial Regex Name();
}
