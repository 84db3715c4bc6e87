using System.Collections.Immutable;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>Images as stages of a Dockerfile start from them, and what the builder is told about those names.</summary>
internal sealed class DockerfileStages
{
    private readonly List<KeyValuePair<string, ImageReference>> _images = [];
    private readonly List<RegistryHost> _registries = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The names that the builder is told about.</summary>
    public ImmutableArray<KeyValuePair<string, ImageReference>> Images => [.. _images.Distinct()];

    /// <summary>The registries that stages start from.</summary>
    public ImmutableArray<RegistryHost> Registries => [.. _registries.Distinct()];

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
        if (image.Location?.Registry is { } registry) _registries.Add(registry);
        if (image.EngineName is not { } name)
        {
            var context = $"{stage}-image";
            _images.Add(KeyValuePair.Create(context, image));
            // A path of this machine means nothing to whoever reads the file.
            return new StageSource(context, stage, $"{image.PublicName("") ?? "an image from a file"}, which the builder is given as --build-context {context}=…");
        }
        if (image.CanMove && resolved is not null) _images.Add(KeyValuePair.Create(name, image.At(resolved)));
        return new StageSource(name, stage, Describe(image));
    }

    /// <summary>The labels that the builder is told instead.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="baseImage">The base; <c>null</c> for <c>scratch</c>.</param>
    public static ImmutableArray<KeyValuePair<string, string>> Labels(ImagePlan plan, Image? baseImage) =>
        baseImage is null || Pinned(plan, baseImage) is not null || !plan.Settings.LabelBaseDigest ? [] : [KeyValuePair.Create("org.opencontainers.image.base.digest", baseImage.Descriptor.Digest.ToString())];

    /// <summary>The digest of the base, where the project pins it: that of any other changes when the project does not.</summary>
    public static Digest? Pinned(ImagePlan plan, Image? baseImage) => plan.Base is RegistryReference { Digest: not null } ? baseImage?.Descriptor.Digest : null;

    private static string Describe(ImageReference image) => image switch
    {
        ScratchReference => "nothing",
        RegistryReference { Digest: not null } pinned => (pinned with { Digest = null, Tag = pinned.Tag ?? Tag.Latest }).ToString(),
        DaemonReference daemon => $"{daemon.Name} of the engine",
        _ => image.ToString(),
    };
}
