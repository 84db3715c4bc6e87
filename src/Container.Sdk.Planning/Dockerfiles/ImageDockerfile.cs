using System.Collections.Immutable;
using System.Globalization;
using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>A plan whose files are compiled already, as a Dockerfile: a stage for the base, one for each library image, and the image.</summary>
public static class ImageDockerfile
{
    /// <summary>Writes it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="source">The base as <c>FROM</c> has it.</param>
    /// <param name="libraries">For each layer of the plan the image that has it, as <c>FROM</c> has that; <c>null</c> for a layer that is copied from its folder.</param>
    /// <param name="changes">The configuration, whole.</param>
    /// <param name="baseImage">The base's.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotInDockerfile"/></exception>
    public static string Write(ImagePlan plan, StageSource source, ImmutableArray<StageSource?> libraries, ConfigurationChanges changes, ImageConfiguration baseImage)
    {
        var writer = new DockerfileWriter()
            .Comment($"The image of {plan.Name}, as Container.Sdk made it from the project.")
            .Comment($"Build it from the folder that has its layers: docker build --platform {plan.Platform} --file <this file> <folder>")
            .Blank()
            .Comment($"The base: {source.What}.")
            .Instruction($"FROM {source.From} AS base")
            .Blank();
        var named = libraries.OfType<StageSource>().DistinctBy(l => l.Stage).ToList();
        foreach (var library in named)
            writer.Comment($"{library.What}: its layer is copied as it is.").Instruction($"FROM {library.From} AS {library.Stage}").Blank();

        writer.Comment("The image: what changes least lies at the bottom, each layer apart from the others.").Instruction("FROM base AS final").Blank();
        FinalStage.Write(writer, plan.Steps, changes, baseImage, () =>
        {
            for (var i = 0; i < plan.Layers.Length; i++) Copy(writer, plan, i, libraries[i]);
            writer.Blank();
        });
        return writer.ToString();
    }

    private static void Copy(DockerfileWriter writer, ImagePlan plan, int at, StageSource? library)
    {
        var (layer, folder) = (plan.Layers[at], $"{LayersFolder}/{FolderOf(plan, at)}.*/");
        writer.Comment(Describe(layer));
        if (library is not null) writer.Instruction($"COPY --link --from={library.Stage} /app/ /app/");
        else if (layer.Files.All(f => f is { UserId: 0, GroupId: 0 })) writer.Instruction($"COPY --link {folder} /");
        else foreach (var file in layer.Files) writer.Instruction(FinalStage.CopyOwned(file, folder, ""));
    }

    /// <summary>The folder of the build's context that has the layers' folders.</summary>
    public const string LayersFolder = "files";

    /// <summary>
    /// The name of a layer's folder, <c>05-application</c>. Its key follows, after a dot: a builder takes a file of the same name,
    /// size and time for the one that it has, and a folder that it has keeps no time.
    /// </summary>
    public static string FolderOf(ImagePlan plan, int layer) =>
        string.Create(CultureInfo.InvariantCulture, $"{layer + 1:00}-{Slug.Of(plan.Layers[layer].Name, keepDots: true)}");

    private static string Describe(PlannedLayer layer) =>
        layer.Components.Length < 2 ? layer.Name : $"{layer.Name}: {string.Join(", ", layer.Components.Take(12))}{(layer.Components.Length > 12 ? ", …" : "")}";
}

/// <summary>An image that a stage starts from.</summary>
/// <param name="From">What stands after <c>FROM</c>: a reference, or the name of a build context.</param>
/// <param name="Stage">The name of the stage.</param>
/// <param name="What">What a person reads.</param>
public sealed record StageSource(string From, string Stage, string What);
