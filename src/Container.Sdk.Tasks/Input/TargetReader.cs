using Container.Sdk.Oci;

namespace Container.Sdk.Tasks;

/// <summary>From properties to the place that an image goes to.</summary>
internal static class TargetReader
{
    /// <exception cref="ContainerException">The code of whatever is malformed.</exception>
    public static ImageTarget Read(
        string registry, string archive, string engine, bool deliver, string prefix, string repository, IReadOnlyCollection<string> tags, string folder) =>
        ImageTarget.Parse(
            registry.Trim(), archive, engine, deliver,
            RepositoryName.FromProjectName(prefix + repository),
            tags.Count == 0 ? [Tag.Latest] : [.. tags.Select(Tag.Parse).Distinct()],
            folder);
}
