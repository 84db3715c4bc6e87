namespace Container.Sdk.Oci.Tests;

/// <summary>Remembers the codes of what was warned of.</summary>
internal sealed class RecordingReporter : IReporter
{
    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Warnings => _warnings;

    public void Detail(string text) { }

    public void Progress(string text) { }

    public void Warn(Diagnostic diagnostic, params object?[] args) => _warnings.Add(diagnostic.Code);
}
