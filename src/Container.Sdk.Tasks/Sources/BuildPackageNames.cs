using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Container.Sdk.Oci;

namespace Container.Sdk.Tasks;

/// <summary>What <c>ContainerBuildPackages</c> says. A shell reads the names, so they have nothing for one.</summary>
internal static partial class BuildPackageNames
{
    /// <summary>The names, in order.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidBuildPackage"/></exception>
    public static ImmutableArray<string> Read(string text)
    {
        var names = text.Split([';', ',', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return names.FirstOrDefault(n => !Name().IsMatch(n)) is { } wrong ? throw Diagnostics.InvalidBuildPackage.Error(wrong) : [.. names.Distinct().Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.+:_-]*(=[A-Za-z0-9.+:~_-]+)?\z")]
    private static partial Regex Name();
}
