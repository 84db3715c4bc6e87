namespace Container.Sdk.Oci;

/// <summary>
/// What kind of thing a tar entry is; the value is its type flag (POSIX.1-2017, pax, "ustar Interchange Format"). A tar of somebody
/// else may have other flags: they come out as values without a name, and whoever cannot do without such an entry refuses it.
/// </summary>
public enum TarEntryKind
{
    /// <summary>A regular file.</summary>
    File = '0',

    /// <summary>Another name of a file that came before it.</summary>
    HardLink = '1',

    /// <summary>A symbolic link.</summary>
    SymbolicLink = '2',

    /// <summary>A device that is read and written byte by byte.</summary>
    CharacterDevice = '3',

    /// <summary>A device that is read and written block by block.</summary>
    BlockDevice = '4',

    /// <summary>A directory; its name ends in <c>/</c>.</summary>
    Directory = '5',

    /// <summary>A named pipe.</summary>
    Fifo = '6',

    /// <summary>A file that some systems store in one piece; for all others a regular file.</summary>
    ContiguousFile = '7',
}
