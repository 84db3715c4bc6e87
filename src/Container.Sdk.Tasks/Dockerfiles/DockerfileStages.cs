using System.Collections.Immutable;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>Images as stages of a Dockerfile start from them, and what the builder is told about those names.</summary>
internal sealed class DockerfileStages
{
    private readonly List<KeyValuePair<string, string>> _images = [];
    private readonly List<string> _registries = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The names that the builder is told about.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Images => [.. _images.Distinct()];

    /// <summary>The registries that stages start from.</summary>
    public ImmutableArray<string> Registries => [.. _registries.Distinct()];

    /// <summary>A name that no other stage has: of two ids, the names can be the same.</summary>
    public string NameOf(string name)
    {
        var unique = name;
        for (var number = 2; !_names.Add(unique); number++) unique = $"{name}-{number}";
        return unique;
    }

    /// <summary>A stage that starts from an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="stage">The name of the stage.</param>
    /// <param name="resolved">What a tag is now: the builder is to take the same.</param>
    public StageSource Of(ImageReference image, string stage, Digest? resolved)
    {
        if (image is RegistryReference { Host: var host }) _registries.Add(host.Value);
        switch (image)
        {
            case ScratchReference:
                return new StageSource("scratch", stage, "nothing");
            case RegistryReference { Digest: null } tagged when resolved is not null:
                _images.Add(KeyValuePair.Create(tagged.ToString(), (tagged with { Digest = resolved }).ToString()));
                return new StageSource(tagged.ToString(), stage, tagged.ToString());
            case RegistryReference pinned:
                return new StageSource(pinned.ToString(), stage, (pinned with { Digest = null, Tag = pinned.Tag ?? Tag.Latest }).ToString());
            case DaemonReference daemon:
                return new StageSource(daemon.Name, stage, $"{daemon.Name} of the engine");
            default:
                var context = $"{stage}-image";
                _images.Add(KeyValuePair.Create(context, image.ToString()));
                return new StageSource(context, stage, $"{What(image)}, which the builder is given as --build-context {context}=…");
        }
    }

    /// <summary>The digest of the base, where the project pins it: that of any other changes when the project does not.</summary>
    public static Digest? Pinned(StageSource source, Image? baseImage) => source.From.Contains('@', StringComparison.Ordinal) ? baseImage?.Descriptor.Digest : null;

    /// <summary>The labels that the builder is told instead.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> Labels(StageSource source, Image? baseImage, ImagePlan plan) =>
        baseImage is null || Pinned(source, baseImage) is not null || !plan.Settings.LabelBaseDigest ? [] : [KeyValuePair.Create("org.opencontainers.image.base.digest", baseImage.Descriptor.Digest.ToString())];

    // A path of this machine means nothing to whoever reads the file.
    private static string What(ImageReference image) => image is LayoutReference { Name: { } name } ? name : "an image from a file";
}
