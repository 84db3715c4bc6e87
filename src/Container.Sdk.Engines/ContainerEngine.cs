using Container.Sdk.Processes;
using System.ComponentModel;
using Container.Sdk.Oci;

namespace Container.Sdk.Engines;

/// <summary>An engine that answers.</summary>
public sealed class ContainerEngine
{
    private readonly string _program;

    internal ContainerEngine(string name, string program, string version, EngineOptions options)
    {
        (Name, _program, Version, Options) = (name, program, version, options);
        Environment = EngineReach.Environment(options, name);
    }

    /// <summary><c>docker</c>, <c>podman</c> or <c>buildah</c>.</summary>
    public string Name { get; }

    internal EngineOptions Options { get; }

    internal IReadOnlyDictionary<string, string?> Environment { get; }

    /// <summary>What it says of its version.</summary>
    public string Version { get; }

    /// <summary>Finds the engine that is meant, or else the first that answers: a Docker that is Podman in truth, Docker, Podman.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NoEngine"/>, or <see cref="Diagnostics.UnknownValue"/> for another name.</exception>
    public static Task<ContainerEngine> FindAsync(EngineOptions options, CancellationToken cancellation) => new EngineSearch(options).FindAsync(cancellation);

    /// <summary>The whole name that the engine gives to an image that is loaded into it.</summary>
    public string NameOf(RepositoryName repository, Tag tag) =>
        Name == EngineSearch.Podman && !ArchiveNames.HasHost(repository) ? $"localhost/{repository}:{tag}" : ArchiveNames.Canonical(repository, tag);

    /// <summary>Loads an image under all of its tags.</summary>
    /// <returns>Bytes sent to the engine.</returns>
    /// <exception cref="ContainerException"><see cref="Diagnostics.EngineFailed"/></exception>
    public async Task<long> LoadAsync(Image image, RepositoryName repository, IReadOnlyList<Tag> tags, IReporter reporter, CancellationToken cancellation)
    {
        long written = 0;
        await SucceedAsync("load the image", Command("load", "--quiet") with
        {
            Input = async (input, stop) => written = await ArchiveWriter.WriteAsync(
                input, image, repository, tags, reporter, stop, withIndex: Name != EngineSearch.Podman).ConfigureAwait(false),
        }, cancellation).ConfigureAwait(false);
        return written;
    }

    /// <summary>Writes an image of the engine's as a docker archive.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.EngineFailed"/></exception>
    public Task SaveAsync(string name, Stream output, CancellationToken cancellation) =>
        SucceedAsync($"save the image {name}", Command("save", "--", name) with { Output = output }, cancellation);

    /// <summary>
    /// The ids that the engine's images of these names have; <c>null</c> where one of them is not there. An id is the
    /// digest of the configuration or, in containerd's store, of the manifest; which of them, the engine does not say.
    /// </summary>
    public async Task<IReadOnlyList<string>?> InspectAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var command = Command(["image", "inspect", "--format", "{{.Id}}", "--", .. names]) with { TimeLimit = Options.AnswerLimit * 6 };
        var result = await StartAsync("look for the image", command, cancellation).ConfigureAwait(false);
        if (result.ExitCode != 0) return null;
        // Docker writes sha256: before it, Podman does not.
        string[] ids = [.. result.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(id => id.StartsWith("sha256:", StringComparison.Ordinal) ? id : $"sha256:{id}")];
        return ids.Length == names.Count ? ids : null;
    }

    /// <summary>Runs a program in a container, which is removed however that ends.</summary>
    /// <param name="run">What to run.</param>
    /// <param name="output">Told each line that the program says, as it comes.</param>
    /// <param name="cancellation">Stops the program and removes the container.</param>
    /// <returns>The program's exit code.</returns>
    /// <exception cref="ContainerException"><see cref="Diagnostics.ContainerNotStarted"/>, or <see cref="Diagnostics.EngineCannot"/>.</exception>
    public Task<int> RunAsync(ContainerRun run, Action<string> output, CancellationToken cancellation) =>
        Name == EngineSearch.Buildah
            ? throw Diagnostics.EngineCannot.Error(Name, "run containers", "this strategy", "docker or podman as ContainerEngine")
            : new RunningContainer(this, run, output).RunAsync(cancellation);

    /// <summary>Whether it works on another machine, which sees no folder of this one.</summary>
    public async Task<bool> IsRemoteAsync(CancellationToken cancellation)
    {
        if (Name == EngineSearch.Buildah) return false;
        string[] question = Name == EngineSearch.Docker
            ? ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"]
            : ["info", "--format", "{{.Host.ServiceIsRemote}}"];
        var result = await SucceedAsync("say where it works", Command(question) with { TimeLimit = Options.AnswerLimit }, cancellation).ConfigureAwait(false);
        return Name == EngineSearch.Docker ? EngineReach.IsElsewhere(result.Output) : result.Output == "true";
    }

    /// <summary>The same program, led to another of its contexts.</summary>
    internal ContainerEngine In(string context) => new(Name, _program, Version, Options with { Context = context });

    /// <summary>The variables for its program, with further ones.</summary>
    internal IReadOnlyDictionary<string, string?> With(params IEnumerable<KeyValuePair<string, string?>> further)
    {
        var all = new Dictionary<string, string?>(Environment);
        foreach (var (name, value) in further) all[name] = value;
        return all;
    }

    /// <summary>Refuses an engine that has no images for others to use.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.EngineCannot"/></exception>
    internal ContainerEngine WithImages() => Name != EngineSearch.Buildah ? this
        : throw Diagnostics.EngineCannot.Error(Name, "keep images for others to use", "ContainerEngine", "ContainerRegistry=HOST or ContainerArchiveOutputPath=FILE as the destination, or docker or podman as the engine");

    internal ProgramCommand Command(params string[] arguments) => new(_program, arguments) { Environment = Environment, TimeLimit = Options.TransferLimit };

    /// <summary>Runs the engine's program; that it fails is an error that quotes it.</summary>
    internal async Task<ProgramResult> SucceedAsync(string what, ProgramCommand command, CancellationToken cancellation)
    {
        var result = await StartAsync(what, command, cancellation).ConfigureAwait(false);
        return result.ExitCode == 0 ? result : throw Diagnostics.EngineFailed.Error(Name, what, result.Reason.TrimEnd('.'));
    }

    /// <summary>Runs the engine's program; that it fails is a result.</summary>
    internal async Task<ProgramResult> StartAsync(string what, ProgramCommand command, CancellationToken cancellation)
    {
        try
        {
            return await ProgramRunner.RunAsync(command, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or Win32Exception)
        {
            throw Diagnostics.EngineFailed.Error(e, Name, what, e.Message.TrimEnd('.'));
        }
    }
}
