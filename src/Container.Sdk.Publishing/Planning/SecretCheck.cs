using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

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
