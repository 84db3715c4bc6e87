using System.Globalization;
using System.Text.RegularExpressions;

namespace Container.Sdk.Libraries;

/// <summary>What kind of framework a folder is for; a later one is taken before an earlier one.</summary>
internal enum FrameworkKind
{
    /// <summary>Files of one system only: <c>net10.0-windows</c>.</summary>
    Platform,

    /// <summary>.NET Framework.</summary>
    NetFramework,

    /// <summary>.NET Standard.</summary>
    NetStandard,

    /// <summary>.NET, and .NET Core before it.</summary>
    Net,
}

/// <summary>
/// A folder of a package that is named by a framework. The newest is taken by the newest app; two spellings of one framework
/// are one.
/// </summary>
/// <param name="Kind">The kind of framework.</param>
/// <param name="Version">Its version.</param>
/// <param name="Suffix">The system, in lower case; else empty.</param>
internal sealed partial record FrameworkFolder(FrameworkKind Kind, Version Version, string Suffix) : IComparable<FrameworkFolder>
{
    /// <summary>Reads a folder's name; <c>null</c> where no app of .NET would look into it (<c>uap10.0</c>, <c>any</c>).</summary>
    public static FrameworkFolder? Parse(string name)
    {
        var match = Pattern().Match(name);
        if (!match.Success || ReadVersion(match.Groups["version"].Value) is not { } version) return null;
        var suffix = match.Groups["suffix"].Value.ToLowerInvariant();
        FrameworkKind? kind = match.Groups["family"].Value.ToLowerInvariant() switch
        {
            "netstandard" => FrameworkKind.NetStandard,
            "netcoreapp" => FrameworkKind.Net,
            _ => version.Major >= 5 ? FrameworkKind.Net : FrameworkKind.NetFramework,
        };
        if (suffix.Length > 0) kind = kind == FrameworkKind.Net ? FrameworkKind.Platform : null; // A profile, as of net40-client.
        return kind is { } k ? new FrameworkFolder(k, version, suffix) : null;
    }

    /// <inheritdoc/>
    public int CompareTo(FrameworkFolder? other)
    {
        if (other is null) return 1;
        if (Kind != other.Kind) return Kind.CompareTo(other.Kind);
        return Version != other.Version ? Version.CompareTo(other.Version) : string.CompareOrdinal(Suffix, other.Suffix);
    }

    // Without a dot every digit is a part: net48, net461, netstandard20.
    private static Version? ReadVersion(string text)
    {
        var dotted = text.Contains('.', StringComparison.Ordinal) ? text : string.Join('.', text.AsEnumerable());
        var parts = dotted.Split('.').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        return parts.Length > 4 ? null : new Version(parts[0], parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2), parts.ElementAtOrDefault(3));
    }

    [GeneratedRegex(@"\A(?<family>netcoreapp|netstandard|net)(?<version>[0-9]{1,4}(\.[0-9]{1,4})*)(-(?<suffix>[A-Za-z0-9.]+))?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
