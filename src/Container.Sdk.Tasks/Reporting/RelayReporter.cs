namespace Container.Sdk.Tasks;

/// <summary>
/// The reporter of what outlives a task: it passes on to the task on whose behalf the work is done. (A task that has
/// ended cannot log.)
/// </summary>
internal sealed class RelayReporter : IReporter
{
    private readonly AsyncLocal<IReporter?> _current = new();

    /// <summary>From here on, in this flow of calls, <paramref name="reporter"/> is told.</summary>
    public void SpeakTo(IReporter reporter) => _current.Value = reporter;

    public void Detail(string text) => _current.Value?.Detail(text);

    public void Progress(string text) => _current.Value?.Progress(text);

    public void Warn(Diagnostic diagnostic, params object?[] args) => _current.Value?.Warn(diagnostic, args);
}
