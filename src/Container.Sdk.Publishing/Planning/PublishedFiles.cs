using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>Looks at the publish folder: the files that the build lists, the links among them, and what is in no list.</summary>
internal sealed class PublishedFiles(string publishFolder, string scratchFolder, IReporter reporter)
{
    private readonly string _root = publishFolder.EndsWith(Path.DirectorySeparatorChar) ? publishFolder : publishFolder + Path.DirectorySeparatorChar;

    /// <summary>The files to pack.</summary>
    /// <param name="items">What the build lists.</param>
    /// <param name="origins">Where they came from.</param>
    public IReadOnlyList<PublishedFile> Read(IEnumerable<PublishedItem> items, OriginRules origins)
    {
        var listed = items.DistinctBy(i => i.RelativePath).ToDictionary(i => i.RelativePath, StringComparer.Ordinal);
        var named = listed.Keys.ToHashSet(StringComparer.Ordinal);
        var files = new List<PublishedFile>();
        var unlisted = new List<string>();
        foreach (var path in Enumerate(new DirectoryInfo(_root), ""))
        {
            var item = listed.GetValueOrDefault(path);
            listed.Remove(path);
            var info = new FileInfo(_root + path);
            if (info.LinkTarget is not null && Link(path, info, item) is { } link) files.Add(link with { Origin = item is null ? link.Origin : origins.Of(item) });
            else if (item is not null) files.Add(Describe(path, info, origins.Of(item)));
            else unlisted.Add(path);
        }
        // A link that no item speaks of is part of the app where what it leads to is.
        var packed = files.Where(f => f.LinkTarget is null).Select(f => f.RelativePath).ToHashSet(StringComparer.Ordinal);
        foreach (var stray in files.Where(f => f.LinkTarget is not null && !named.Contains(f.RelativePath) && !LeadsTo(packed, f)).ToList())
        {
            files.Remove(stray);
            unlisted.Add(stray.RelativePath);
        }
        if (listed.Count > 0) throw Diagnostics.FileMissing.Error(_root + listed.Keys.Order(StringComparer.Ordinal).First(), "it is not in the publish folder");
        if (unlisted.Count > 0)
            reporter.Warn(Diagnostics.UnlistedFiles, unlisted.Count == 1 ? "1 file" : $"{unlisted.Count} files", string.Join(", ", unlisted.Take(10)) + (unlisted.Count > 10 ? ", …" : ""));
        return files;
    }

    private static bool LeadsTo(HashSet<string> packed, PublishedFile link)
    {
        var target = Path.GetRelativePath("/", Path.GetFullPath(link.LinkTarget!, "/" + Path.GetDirectoryName(link.RelativePath))).Replace('\\', '/');
        return packed.Any(p => p == target || p.StartsWith(target + "/", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Enumerate(DirectoryInfo folder, string prefix)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            // A link to a folder is an entry of its own, not a way into the folder.
            if (entry is DirectoryInfo sub && sub.LinkTarget is null)
                foreach (var path in Enumerate(sub, $"{prefix}{entry.Name}/")) yield return path;
            else
                yield return prefix + entry.Name;
        }
    }

    private PublishedFile? Link(string path, FileInfo info, PublishedItem? item)
    {
        var target = Path.GetFullPath(info.LinkTarget!, Path.GetDirectoryName(info.FullName)!);
        if (target.StartsWith(_root, StringComparison.Ordinal))
        {
            var relative = Path.GetRelativePath(Path.GetDirectoryName(info.FullName)!, target).Replace(Path.DirectorySeparatorChar, '/');
            return new PublishedFile(info.FullName, path, 0, FileOrigin.App, LinkTarget: relative);
        }
        // MSBuild can publish links to the very files that it lists; such a link stands for the file.
        return item is not null && Path.GetFullPath(item.Source) == target ? null : throw Diagnostics.LinkOutside.Error(path, target);
    }

    private PublishedFile Describe(string path, FileInfo info, FileOrigin origin)
    {
        if (EndpointsManifest.IsOne(path)) info = new FileInfo(EndpointsManifest.Normalize(info.FullName, Path.Combine(scratchFolder, path)));
        var source = info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info;
        return new PublishedFile(info.FullName, path, source.Length, origin, ProgramFile.IsProgram(source.FullName));
    }
}

/// <summary>Refuses to pack files that look like secrets.</summary>
internal static class SecretCheck
{
    private const int MostRead = 1 << 20;

    /// <param name="files">The files to pack.</param>
    /// <param name="allowed">Globs of relative paths, or of names, that may be packed all the same.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.SecretFiles"/>, with the list.</exception>
    public static void Check(IEnumerable<PublishedFile> files, IReadOnlyCollection<string> allowed)
    {
        var secrets = files.Where(f => f.LinkTarget is null && IsSecret(f) && !IsAllowed(f.RelativePath, allowed)).Select(f => f.RelativePath).ToList();
        if (secrets.Count > 0) throw Diagnostics.SecretFiles.Error(secrets);
    }

    private static bool IsSecret(PublishedFile file) =>
        SecretFiles.IsSecretName(file.RelativePath)
        || (SecretFiles.MayBeSecret(file.RelativePath) && file.Length <= MostRead && SecretFiles.IsSecretContent(File.ReadAllText(file.Source)));

    private static bool IsAllowed(string path, IReadOnlyCollection<string> globs) => globs.Any(g => Glob.Matches(g, path));
}
