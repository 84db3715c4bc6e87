using System.Collections.Immutable;
using System.Text;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Planned = (System.Collections.Generic.IEnumerable<Container.Sdk.Planning.PlannedLayer>? Layers, System.Collections.Immutable.ImmutableArray<System.Collections.Generic.KeyValuePair<string, string>> Labels);

namespace Container.Sdk.Tasks;

// The strategy BaseImage: a library as a base, and an app on such a base.
public sealed partial class PlanImage
{
    private Planned PlanBase(IReadOnlyList<PublishedFile> files, string workingDirectory, int maxLayers) =>
        BaseOf.Length > 0 ? PlanOwnBase(files, workingDirectory, maxLayers)
        : BaseRecordFile.Length > 0 ? (PlanOnBase(files, workingDirectory, maxLayers), [])
        : (null, []);

    private Planned PlanOwnBase(IReadOnlyList<PublishedFile> files, string workingDirectory, int maxLayers)
    {
        var layers = BaseImageStrategy.ArrangeBase(files, BaseOf == "Library" ? ProjectName : "", workingDirectory, maxLayers);
        var labels = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        labels.Add(new(BaseFit.FrameworkLabel, FrameworkVersion));
        if (BaseOf == "Library")
        {
            labels.Add(new("container-sdk.base.id", PackageId));
            labels.Add(new("container-sdk.base.version", PackageVersion));
        }
        if (BaseRecord.Of(layers, DigestOf).ToLabel() is { } record) labels.Add(new(BaseRecord.Label, record));
        return (layers, labels.ToImmutable());
    }

    private ImmutableArray<PlannedLayer> PlanOnBase(IReadOnlyList<PublishedFile> files, string workingDirectory, int maxLayers)
    {
        var brought = BaseRecord.Read(ImmutableDictionary<string, string>.Empty.Add(BaseRecord.Label, File.ReadAllText(BaseRecordFile, Encoding.UTF8)), BaseImage);
        var app = BaseImageStrategy.ArrangeApp(files, brought, DigestOf, workingDirectory, maxLayers);
        if (app.Replaced.Length > 0)
            Warn(Diagnostics.BaseReplaced, ProjectName, app.Replaced.Length == 1 ? "1 file" : $"{app.Replaced.Length} files", string.Join(", ", app.Replaced.Take(10)) + (app.Replaced.Length > 10 ? ", …" : ""));
        return app.Layers;
    }

    private static Digest DigestOf(PlannedFile file) => FileHashing.Read(file.Source).Digest;
}
