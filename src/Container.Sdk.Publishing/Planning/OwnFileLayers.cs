using System.Collections.Immutable;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>From files of the user's own to layers: one for each owner, at the bottom of all.</summary>
internal static class OwnFileLayers
{
    /// <exception cref="ContainerException"><see cref="Diagnostics.SamePathTwice"/>, or <see cref="Diagnostics.SecretFiles"/></exception>
    public static ImmutableArray<PlannedLayer> Arrange(IEnumerable<OwnFile> own, IReadOnlyCollection<string> allowed)
    {
        var files = own.Select(Plan).OrderBy(f => f.Path, EntryOrder.Instance).ToList();
        foreach (var same in files.GroupBy(f => f.Path, StringComparer.Ordinal).Where(g => g.Count() > 1))
            throw Diagnostics.SamePathTwice.Error(same.Key, same.First().Source, same.Last().Source);
        SecretCheck.Check(files.Select(f => new PublishedFile(f.Source, f.Path, new FileInfo(f.Source).Length, new FileOrigin(OriginKind.File))), allowed);
        return [.. files.GroupBy(f => (f.UserId, f.GroupId)).OrderBy(g => g.Key).Select(g => Layer(g.Key.UserId, g.Key.GroupId, [.. g]))];
    }

    private static PlannedLayer Layer(int user, int group, ImmutableArray<PlannedFile> files) =>
        new((user, group) == (0, 0) ? "files" : $"files of {user}:{group}", OriginKind.File, [new FileOrigin(OriginKind.File, (user, group) == (0, 0) ? "" : $"{user}:{group}")], files);

    private static PlannedFile Plan(OwnFile file) =>
        new(file.Source, file.Path[1..], file.Mode ?? (ProgramFile.IsProgram(file.Source) ? LayerEntry.ProgramMode : LayerEntry.DataMode)) { UserId = file.UserId, GroupId = file.GroupId };
}
