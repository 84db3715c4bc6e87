namespace Container.Sdk.Engines;

/// <summary>The command line that creates a container.</summary>
internal static class RunArguments
{
    /// <summary>The arguments. Variables come from a file, those that have line breaks from the program's own.</summary>
    public static IReadOnlyList<string> Of(ContainerRun run, string name, string variablesFile) =>
    [
        "create", "--name", name, "--env-file", variablesFile,
        .. run.Environment.Where(v => HasBreak(v.Value)).SelectMany(v => Option("--env", v.Key)),
        .. Option("--platform", run.Platform?.ToString()), .. Option("--user", run.User), .. Option("--workdir", run.WorkingDirectory),
        .. Option("--network", run.Network == "default" ? null : run.Network), .. run.Mounts.SelectMany(m => Option("--mount", m.ToString())),
        .. Option("--entrypoint", run.Command.FirstOrDefault()), "--", run.Image, .. run.Command.Skip(1),
    ];

    /// <summary>The file: one variable a line, taken literally.</summary>
    public static string VariablesFile(ContainerRun run) =>
        string.Concat(run.Environment.Where(v => !HasBreak(v.Value)).Select(v => $"{v.Key}={v.Value}\n"));

    /// <summary>Those that no line can hold.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Inherited(ContainerRun run) =>
        run.Environment.Where(v => HasBreak(v.Value)).Select(v => new KeyValuePair<string, string?>(v.Key, v.Value));

    private static bool HasBreak(string value) => value.AsSpan().IndexOfAny('\r', '\n') >= 0;

    private static string[] Option(string name, string? value) => string.IsNullOrEmpty(value) ? [] : [name, value];
}
