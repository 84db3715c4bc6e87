using System.Collections.Concurrent;

namespace Container.Sdk.Testing;

/// <summary>Keeps what it is told.</summary>
public sealed class RecordingReporter : IReporter
{
    private readonly ConcurrentQueue<string> _warnings = new();

    public ConcurrentQueue<string> Details { get; } = new();

    public ConcurrentQueue<string> Steps { get; } = new();

    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>The codes of what it was warned of.</summary>
    public IReadOnlyList<string> Warnings => [.. _warnings];

    /// <summary>All of it.</summary>
    public string Text => string.Join('\n', Details.Concat(Steps).Concat(Messages));

    public void Detail(string text) => Details.Enqueue(text);

    public void Progress(string text) => Steps.Enqueue(text);

    public void Warn(Diagnostic diagnostic, params object?[] args) 
    {
        _warnings.Enqueue(diagnostic.Code);
        Messages.Enqueue(diagnostic.Format(args));
    }
}
