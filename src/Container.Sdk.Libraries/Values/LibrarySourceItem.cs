namespace Container.Sdk.Libraries;

/// <summary>A <c>ContainerLibrarySource</c> item, before it is checked: <see cref="LibrarySource.Parse"/> does that.</summary>
/// <param name="Pattern">Its packages.</param>
/// <param name="Registry">The metadata <c>Registry</c>, or empty.</param>
/// <param name="Repository">The metadata <c>Repository</c>, or empty.</param>
/// <param name="Folder">Absolute path of the folder of the file that has the item: a relative registry in a folder is relative to it, and so the same for all projects that import the file.</param>
public sealed record LibrarySourceItem(string Pattern, string Registry, string Repository, string Folder);

/// <summary>An item as MSBuild has it.</summary>
/// <param name="Item">The item.</param>
/// <param name="DefiningFile">Absolute path of the file that has it.</param>
/// <param name="IsFile">Whether there is a file of its name.</param>
public sealed record EvaluatedSource(LibrarySourceItem Item, string DefiningFile, bool IsFile);

/// <summary>A project file, or a file that one imports.</summary>
/// <param name="File">Absolute path.</param>
/// <param name="Xml">Its text.</param>
public sealed record ProjectText(string File, string Xml);
