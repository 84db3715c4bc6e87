using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>Entrypoint and command of an image, by the rules of the in-box SDK.</summary>
public static class CommandRules
{
    /// <summary>Decides entrypoint and command.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.EntrypointConflict"/></exception>
    public static (ImmutableArray<string> Entrypoint, ImmutableArray<string> Command) Decide(
        ContainerSettings settings, IReadOnlyList<string> baseEntrypoint, IReporter reporter)
    {
        if (Check(settings) is { } conflict) throw conflict;
        // Some base images have the entrypoint `dotnet`, which was never meant to be kept.
        var inherited = baseEntrypoint is ["dotnet"] or ["/usr/bin/dotnet"] ? [] : baseEntrypoint.ToImmutableArray();
        var app = settings.AppCommand.AddRange(settings.AppCommandArgs);

        // The way of the time before AppCommand: arguments alone are the command of the app as the entrypoint.
        if (settings is { AppCommandInstruction: null, Entrypoint: [], EntrypointArgs: not [], DefaultArgs: [], AppCommandArgs: [] })
            return (app, settings.EntrypointArgs);

        var instruction = settings.AppCommandInstruction
            ?? (settings.Entrypoint.Length > 0 ? AppCommandInstruction.DefaultArgs : AppCommandInstruction.Entrypoint);
        if (settings.AppCommandInstruction is null && instruction == AppCommandInstruction.Entrypoint && inherited.Length > 0)
            reporter.Warn(Diagnostics.BaseEntrypointReplaced, string.Join(' ', inherited));

        var own = settings.Entrypoint.AddRange(settings.EntrypointArgs);
        return instruction switch
        {
            AppCommandInstruction.Entrypoint => (app, settings.DefaultArgs),
            AppCommandInstruction.DefaultArgs => (own is [] ? inherited : own, app.AddRange(settings.DefaultArgs)),
            _ => (own is [] ? inherited : own, settings.DefaultArgs),
        };
    }

    /// <summary>What of the settings contradicts what else of them.</summary>
    /// <returns>The mistake (<see cref="Diagnostics.EntrypointConflict"/>), or <c>null</c>.</returns>
    public static ContainerException? Check(ContainerSettings settings) => Conflict(settings) is { } conflict ? Diagnostics.EntrypointConflict.Error(conflict) : null;

    private static string? Conflict(ContainerSettings s) =>
        s.AppCommandArgs.Length > 0 && s.AppCommand.Length == 0 ? "ContainerAppCommandArgs is set and ContainerAppCommand is not"
        : s.AppCommandInstruction == AppCommandInstruction.None && s.AppCommand.Length > 0 ? "ContainerAppCommand is set, and ContainerAppCommandInstruction=None leaves it out"
        : s.AppCommandInstruction == AppCommandInstruction.Entrypoint && (s.Entrypoint.Length > 0 || s.EntrypointArgs.Length > 0) ? "ContainerEntrypoint is set, and ContainerAppCommandInstruction=Entrypoint puts the app's command in its place"
        : s.Entrypoint.Length == 0 && s.EntrypointArgs.Length > 0 && (s.AppCommandInstruction is not null || s.DefaultArgs.Length > 0 || s.AppCommandArgs.Length > 0) ? "ContainerEntrypointArgs is set and ContainerEntrypoint is not"
        : null;
}
