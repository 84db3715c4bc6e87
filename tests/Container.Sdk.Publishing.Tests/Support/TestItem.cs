namespace Container.Sdk.Publishing.Tests;

/// <summary>An item of a project.</summary>
internal sealed class TestItem(string kind, string include, params (string Name, string Value)[] metadata) : IProjectItem
{
    private readonly Dictionary<string, string> _metadata = metadata.Append((RequestReader.KindOfItem, kind)).ToDictionary(m => m.Item1, m => m.Item2, StringComparer.OrdinalIgnoreCase);

    public string Include => include;

    public string this[string name]
    {
        get => _metadata.GetValueOrDefault(name, "");
        set => _metadata[name] = value;
    }
}
