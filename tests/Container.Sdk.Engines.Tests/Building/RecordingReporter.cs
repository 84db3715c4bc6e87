using System.Collections.Concurrent;
using Container.Sdk.Oci;

namespace Container.Sdk.Engines.Tests.Building;

/// <summary>Keeps what it is told.</summary>
internal sealed class RecordingReporter : IReporter
{
    public ConcurrentQueue<string> Details { get; } = new();

    public ConcurrentQueue<string> Steps { get; } = new();

    public ConcurrentQueue<(Diagnostic Diagnostic, string Message)> Warnings { get; } = new();

    /// <summary>All of it.</summary>
    public string Text => string.Join('\n', Details.Concat(Steps).Concat(Warnings.Select(w => w.Message)));

    public void Detail(string text) => Details.Enqueue(text);

    public void Progress(string text) => Steps.Enqueue(text);

    public void Warn(Diagnostic diagnostic, params object?[] args) => Warnings.Enqueue((diagnostic, diagnostic.Format(args)));
}
