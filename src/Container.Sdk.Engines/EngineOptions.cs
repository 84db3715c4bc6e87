using System.Collections.Immutable;

namespace Container.Sdk.Engines;

/// <summary>Which engine is meant, and how it is run.</summary>
public sealed record EngineOptions
{
    /// <summary><c>docker</c>, <c>podman</c> or <c>buildah</c> in any case, as <c>ContainerEngine</c> or <c>LocalRegistry</c> has it; empty: the first that answers.</summary>
    public string? Preferred { get; init; }

    /// <summary>Which of the engine's contexts (docker) or connections (podman), or which host: <c>tcp://</c>, <c>ssh://</c>, <c>unix://</c>; empty: the user's own.</summary>
    public string? Context { get; init; }

    /// <summary>Variables on top of those of this process, for the engine and for finding it (<c>PATH</c>); <c>null</c> takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = NoEnvironment;

    /// <summary>How long an engine has to say that it is there.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a transfer to or from the engine may take.</summary>
    public TimeSpan TransferLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a build or a container may take; who waits for it can stop it earlier.</summary>
    public TimeSpan BuildLimit { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Where large files lie for a while; the system's folder by default.</summary>
    public string? TemporaryFolder { get; init; }

    internal static IReadOnlyDictionary<string, string?> NoEnvironment { get; } = ImmutableDictionary<string, string?>.Empty;
}

/// <summary>What a program that is started sees of a variable: this process's, unless it was changed.</summary>
internal sealed class EngineVariables(IReadOnlyDictionary<string, string?> changed)
{
    /// <summary>The value, or <c>null</c> where there is none.</summary>
    public string? this[string name] =>
        (changed.TryGetValue(name, out var own) ? own : Environment.GetEnvironmentVariable(name)) is { Length: > 0 } value ? value : null;

    /// <summary>The user's own folder.</summary>
    public string Home => this["HOME"] ?? this["USERPROFILE"] ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}

/// <summary>The value of an option that is a list, <c>type=bind,source=/a,target=/b</c>: one record of CSV.</summary>
internal static class OptionList
{
    /// <summary>The list; whatever a value holds, it stays one value.</summary>
    public static string Of(params IEnumerable<string> fields) => string.Join(',', fields.Select(Quote));

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
