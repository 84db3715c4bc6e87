using System.ComponentModel;
using Container.Sdk.Oci;

namespace Container.Sdk.Engines;

/// <summary>Finds an engine that answers, and remembers why others do not.</summary>
internal sealed class EngineSearch(EngineOptions options)
{
    internal const string Docker = "docker";
    internal const string Podman = "podman";

    private readonly List<string> _tried = [];

    public async Task<ContainerEngine> FindAsync(CancellationToken cancellation)
    {
        var engine = options.Preferred?.Trim().ToLowerInvariant() switch
        {
            null or "" => await DockerAsync(cancellation).ConfigureAwait(false) ?? await PodmanAsync(Podman, cancellation).ConfigureAwait(false),
            Docker => await DockerAsync(cancellation).ConfigureAwait(false),
            Podman => await PodmanAsync(Podman, cancellation).ConfigureAwait(false),
            _ => throw Diagnostics.UnknownValue.Error("ContainerEngine", options.Preferred, $"{Docker}, {Podman}"),
        };
        return engine ?? throw Diagnostics.NoEngine.Error(string.Join("; ", _tried));
    }

    private async Task<ContainerEngine?> DockerAsync(CancellationToken cancellation)
    {
        if (Find(Docker) is not { } program) return null;
        // Podman under Docker's name (the package podman-docker) knows no lowest version and fails here, so that in the
        // usual case one process says that Docker answers, and that it is Docker.
        var version = await AskAsync(program, ["version", "--format", "{{.Server.Version}} {{.Server.MinAPIVersion}}"], cancellation).ConfigureAwait(false);
        if (version is { ExitCode: 0 }) return new ContainerEngine(Docker, program, version.Output.Split(' ')[0], options);
        if (version is not null && await AskAsync(program, ["--version"], cancellation).ConfigureAwait(false) is { ExitCode: 0 } alias
            && alias.Output.Contains(Podman, StringComparison.OrdinalIgnoreCase))
            return await PodmanAsync(Docker, cancellation).ConfigureAwait(false);
        Tried(Docker, version?.Reason);
        return null;
    }

    private async Task<ContainerEngine?> PodmanAsync(string name, CancellationToken cancellation)
    {
        if (Find(name) is not { } program) return null;
        // 'podman version' knows of the program alone; 'info' also asks the machine where the containers run.
        var info = await AskAsync(program, ["info", "--format", "{{.Version.Version}}"], cancellation).ConfigureAwait(false);
        if (info is { ExitCode: 0 }) return new ContainerEngine(Podman, program, info.Output, options);
        Tried(name, info?.Reason);
        return null;
    }

    private string? Find(string name)
    {
        var program = ProgramSearch.Find(name, options.Environment);
        if (program is null) Tried(name, "it is not in PATH");
        return program;
    }

    // Null where it does not even answer that it fails; why is noted.
    private async Task<EngineResult?> AskAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        try
        {
            return await EngineProcess.RunAsync(
                new EngineCommand(program, arguments) { Environment = options.Environment, TimeLimit = options.AnswerLimit }, cancellation).ConfigureAwait(false);
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
