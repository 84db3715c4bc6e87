using System.Collections.Immutable;
using Container.Sdk.Processes;

namespace Container.Sdk.Engines;

/// <summary>From what an engine says of a failure to one of our codes.</summary>
internal static class BuildErrors
{
    /// <summary>The error of a build that failed.</summary>
    public static ContainerException Of(string engine, EngineBuild build, BuildFailure failure)
    {
        var place = failure.Line is { } line ? $"{build.Dockerfile}:{line}" : build.Dockerfile;
        var reason = Clip(failure.Reason, 600);
        var step = failure.Step is null ? null : Clip(failure.Step, 160);
        string[] said = [.. failure.Output, failure.Reason];

        if (said.FirstOrDefault(IsNoShell) is { } shell) return Diagnostics.NoShell.Error(place, step ?? "RUN", Clip(shell, 300));
        if (said.FirstOrDefault(l => Has(l, "no space left on device")) is { } full) return Diagnostics.EngineDiskFull.Error(engine, place, Clip(full, 300));
        if (failure.IsCache || Has(reason, "cache export", "cache importer")) return Diagnostics.BuildCacheFailed.Error(reason);
        if (build.Builder is { } builder && Has(reason, "no builder", "no valid drivers", "failed to find driver", "failed to initialize builder"))
            return Diagnostics.BuilderNotFound.Error(builder, reason);
        if (Has(reason, "dockerfile parse error", "unknown instruction", "the Dockerfile cannot be empty", "no contents in", "no build stage in current context",
                "failed to parse", "unexpected key", "COPY requires", "COPY only supports", "ADD only supports", "should have syntax", "invalid mount option"))
            return Diagnostics.InvalidDockerfile.Error(place, engine, reason);
        if (Has(reason, "failed to calculate checksum of ref", "checking on sources under", "no items matching glob")) return Diagnostics.NotInContext.Error(place, step ?? "COPY", Missing(reason), build.Context);
        if (Has(reason, "failed to resolve source metadata", "pull access denied", "creating build container", "initializing source", "no stage or image found"))
            return (Diagnostics.BuildImageNotFound with { Transient = IsTransient(reason) }).Error(place, reason);
        return step is null || !Has(reason, "did not complete successfully", "while running runtime", "exit status")
            ? Diagnostics.BuildFailed.Error(engine, place, reason)
            : Diagnostics.BuildStepFailed.Error(place, step, HowItEnded(reason), failure.Output.IsEmpty ? ["(nothing)"] : failure.Output);
    }

    // runc, crun: exec: "/bin/sh": stat /bin/sh: no such file or directory; executable file `/bin/sh` not found
    private static bool IsNoShell(string line) =>
        Has(line, "/bin/sh", "cmd.exe") && Has(line, "unable to start container process", "executable file", "creating container") && Has(line, "no such file", "not found");

    private static bool IsTransient(string reason) => Has(reason, "dial tcp", "timeout", "EOF", "connection", "TLS handshake", "500", "502", "503", "504");

    // process "/bin/sh -c …" did not complete successfully: exit code: 1
    private static string HowItEnded(string reason) =>
        After(reason, "did not complete successfully: ") ?? After(reason, "while running runtime: ") ?? reason;

    // failed to calculate checksum of ref ID::ID: "/missing.txt": not found
    private static string Missing(string reason) =>
        After(reason, "copier: stat: ") ?? (reason.IndexOf("\"/", StringComparison.Ordinal) is var at and >= 0 ? reason[at..] : reason);

    private static string? After(string text, string marker) =>
        text.LastIndexOf(marker, StringComparison.Ordinal) is var at and >= 0 ? Clip(text[(at + marker.Length)..], 600) : null;

    private static bool Has(string text, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
            if (text.Contains(part, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static string Clip(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length), "…");
}

/// <summary>Follows what an engine says while it builds.</summary>
internal interface IBuildLog
{
    /// <summary>A line, as it comes.</summary>
    void Add(string line);

    /// <summary>Why the build failed.</summary>
    BuildFailure Failure(ProgramResult result);
}

/// <summary>What an engine says of a build that failed.</summary>
/// <param name="Reason">Its last word.</param>
internal sealed record BuildFailure(string Reason)
{
    /// <summary>The line of the Dockerfile, where it is known.</summary>
    public int? Line { get; init; }

    /// <summary>The instruction that failed, where it was one.</summary>
    public string? Step { get; init; }

    /// <summary>Whether it was not a step that failed, but writing the cache.</summary>
    public bool IsCache { get; init; }

    /// <summary>What that step itself said.</summary>
    public ImmutableArray<string> Output { get; init; } = [];
}
