namespace Container.Sdk.Engines;

/// <summary>What a program that is started sees of a variable: this process's, unless it was changed.</summary>
internal sealed class EngineVariables(IReadOnlyDictionary<string, string?> changed)
{
    /// <summary>The value, or <c>null</c> where there is none.</summary>
    public string? this[string name] =>
        (changed.TryGetValue(name, out var own) ? own : Environment.GetEnvironmentVariable(name)) is { Length: > 0 } value ? value : null;

    /// <summary>The user's own folder.</summary>
    public string Home => this["HOME"] ?? this["USERPROFILE"] ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
