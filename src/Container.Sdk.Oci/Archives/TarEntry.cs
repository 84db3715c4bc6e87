namespace Container.Sdk.Oci;

/// <summary>One entry of an archive, and where its content lies in the file.</summary>
/// <param name="Name">Its name: parts joined by <c>/</c>, none of them <c>.</c> or <c>..</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where its content starts.</param>
/// <param name="Size">Bytes of its content.</param>
/// <param name="LinkTarget">Where a link leads, as the archive has it; else empty.</param>
internal sealed record TarEntry(string Name, TarEntryKind Kind, long Offset, long Size, string LinkTarget)
{
    public bool IsFile => Kind is TarEntryKind.File or TarEntryKind.ContiguousFile;

    public bool IsHardLink => Kind == TarEntryKind.HardLink;

    public bool IsSymbolicLink => Kind == TarEntryKind.SymbolicLink;
}
