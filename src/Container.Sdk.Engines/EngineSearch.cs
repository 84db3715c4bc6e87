using System.Collections.Immutable;
using System.ComponentModel;
using Container.Sdk.Processes;

namespace Container.Sdk.Engines;

/// <summary>Finds an engine that answers, and remembers why others do not.</summary>
internal sealed class EngineSearch(EngineOptions options)
{
    internal const string Docker = "docker";
    internal const string Podman = "podman";
    internal const string Buildah = "buildah";

    private readonly List<string> _tried = [];

    public async Task<ContainerEngine> FindAsync(CancellationToken cancellation, bool toBuild = false)
    {
        var engine = options.Preferred?.Trim().ToLowerInvariant() switch
        {
            null or "" => await DockerAsync(cancellation).ConfigureAwait(false) ?? await PodmanAsync(Podman, cancellation).ConfigureAwait(false)
                ?? (toBuild && string.IsNullOrEmpty(options.Context) ? await BuildahAsync(cancellation).ConfigureAwait(false) : null),
            Docker => await DockerAsync(cancellation).ConfigureAwait(false),
            Podman => await PodmanAsync(Podman, cancellation).ConfigureAwait(false),
            Buildah => await BuildahAsync(cancellation).ConfigureAwait(false),
            _ => throw Diagnostics.UnknownValue.Error("ContainerEngine", options.Preferred, $"{Docker}, {Podman}, {Buildah}"),
        };
        return engine ?? throw Diagnostics.NoEngine.Error(string.Join("; ", _tried));
    }

    private async Task<ContainerEngine?> DockerAsync(CancellationToken cancellation)
    {
        if (Find(Docker) is not { } program) return null;
        // Podman under Docker's name (the package podman-docker) knows no lowest version and fails here, so that in the
        // usual case one process says that Docker answers, and that it is Docker.
        var version = await AskAsync(Docker, program, ["version", "--format", "{{.Server.Version}} {{.Server.MinAPIVersion}}"], cancellation).ConfigureAwait(false);
        if (version is { ExitCode: 0 }) return Found(Docker, program, version.Output.Split(' ')[0]);
        if (version is not null && await AskAsync(Docker, program, ["--version"], cancellation).ConfigureAwait(false) is { ExitCode: 0 } alias
            && alias.Output.Contains(Podman, StringComparison.OrdinalIgnoreCase))
            return await PodmanAsync(Docker, cancellation).ConfigureAwait(false);
        Tried(Docker, version?.Reason);
        return null;
    }

    private async Task<ContainerEngine?> PodmanAsync(string name, CancellationToken cancellation)
    {
        if (Find(name) is not { } program) return null;
        // 'podman version' knows of the program alone; 'info' also asks the machine where the containers run.
        var info = await AskAsync(Podman, program, ["info", "--format", "{{.Version.Version}}"], cancellation).ConfigureAwait(false);
        if (info is { ExitCode: 0 }) return Found(Podman, program, info.Output);
        Tried(name, info?.Reason);
        return null;
    }

    // It has no server that could answer, so that its program is all there is to ask.
    private async Task<ContainerEngine?> BuildahAsync(CancellationToken cancellation)
    {
        if (options.Context is { Length: > 0 }) throw Diagnostics.EngineCannot.Error(Buildah, "work on another machine", "ContainerEngineContext", "docker or podman as ContainerEngine");
        if (Find(Buildah) is not { } program) return null;
        var version = await AskAsync(Buildah, program, ["--version"], cancellation).ConfigureAwait(false);
        // "buildah version 1.28.2 (image-spec 1.1.0-rc2, runtime-spec 1.0.2-dev)"
        if (version is { ExitCode: 0 }) return Found(Buildah, program, version.Output.Split(' ') is [_, _, var number, ..] ? number : version.Output);
        Tried(Buildah, version?.Reason);
        return null;
    }

    private ContainerEngine Found(string name, string program, string version) => new(name, program, version, options);

    private string? Find(string name)
    {
        var program = ProgramSearch.Find(name, options.Environment);
        if (program is null) Tried(name, "it is not in PATH");
        return program;
    }

    // Null where it does not even answer that it fails; why is noted.
    private async Task<ProgramResult?> AskAsync(string engine, string program, string[] arguments, CancellationToken cancellation)
    {
        try
        {
            return await ProgramRunner.RunAsync(
                new ProgramCommand(program, arguments) { Environment = EngineReach.Environment(options, engine), TimeLimit = options.AnswerLimit }, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or Win32Exception)
        {
            Tried(Path.GetFileNameWithoutExtension(program), e.Message);
            return null;
        }
    }

    // The last line is what the program itself makes of it; before it stand details.
    private void Tried(string name, string? reason)
    {
        if (reason is not null) _tried.Add($"{name}: {reason.Split('\n')[^1].Trim().TrimEnd('.')}");
    }
}

/// <summary>Leads an engine's program to the machine that is meant: by variables, which the programs that it starts see too.</summary>
internal static class EngineReach
{
    /// <summary>The variables for the program of an engine.</summary>
    public static IReadOnlyDictionary<string, string?> Environment(EngineOptions options, string engine)
    {
        if (options.Context is not { Length: > 0 } context) return options.Environment;
        var isHost = IsHost(context);
        var variables = options.Environment.ToImmutableDictionary();
        // Of a host and a context, the programs take the host.
        return engine == EngineSearch.Podman
            ? variables.SetItem("CONTAINER_HOST", isHost ? context : null).SetItem("CONTAINER_CONNECTION", isHost ? null : context)
            : variables.SetItem("DOCKER_HOST", isHost ? context : null).SetItem("DOCKER_CONTEXT", isHost ? null : context);
    }

    /// <summary>Whether the address leads away from this machine.</summary>
    public static bool IsElsewhere(string host) =>
        IsHost(host) && !host.StartsWith("unix://", StringComparison.OrdinalIgnoreCase) && !host.StartsWith("npipe://", StringComparison.OrdinalIgnoreCase);

    private static bool IsHost(string context) => context.Contains("://", StringComparison.Ordinal);
}
