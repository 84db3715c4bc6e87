namespace Container.Sdk.Publishing;

/// <summary>An item of a project: its text and its metadata, as the build has them. What is not set is empty.</summary>
public interface IProjectItem
{
    /// <summary>The text, as <c>Include</c> gave it.</summary>
    string Include { get; }

    /// <summary>The metadata of a name.</summary>
    string this[string metadata] { get; }
}
