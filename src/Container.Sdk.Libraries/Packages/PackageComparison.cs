using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Container.Sdk.Libraries;

/// <summary>Whether two packages have the same content, whatever compressed them, and whichever commit they were packed at.</summary>
public static partial class PackageComparison
{
    private const int MostLines = 20;

    /// <summary>What differs, a line for each file; empty where nothing does.</summary>
    /// <param name="present">The package that is published, a <c>.nupkg</c> that was checked.</param>
    /// <param name="made">The package that is to be published.</param>
    public static IReadOnlyList<string> Differences(string present, string made)
    {
        var (before, after) = (Read(present), Read(made));
        var lines = before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name))
            .Select(name => !after.ContainsKey(name) ? $"{name} is missing" : before.ContainsKey(name) ? $"{name} has other content" : $"{name} is new")
            .ToList();
        return lines.Count <= MostLines ? lines : [.. lines.Take(MostLines), $"and {lines.Count - MostLines} more"];
    }

    private static Dictionary<string, string> Read(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return zip.Entries.Where(e => !IsPackaging(e.FullName) && e.Name.Length > 0).ToDictionary(e => e.FullName, ContentOf, StringComparer.Ordinal);
    }

    // What a packer writes about its own work: names at random, and lists of what is there.
    private static bool IsPackaging(string name) =>
        name is "[Content_Types].xml" or ".signature.p7s" || name.StartsWith("_rels/", StringComparison.Ordinal) || name.StartsWith("package/services/", StringComparison.Ordinal);

    private static string ContentOf(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        if (!entry.FullName.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase)) return Convert.ToHexStringLower(SHA256.HashData(stream));
        using var reader = new StreamReader(stream);
        return Commit().Replace(reader.ReadToEnd(), "");
    }

    // <repository type="git" url="…" branch="refs/heads/main" commit="0123…" />: where it was packed, and not what.
    [GeneratedRegex("(?<=<repository\\b[^>]*)\\s+(commit|branch)=\"[^\"]*\"")]
    private static partial Regex Commit();
}
