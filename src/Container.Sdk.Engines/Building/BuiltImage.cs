using Container.Sdk.Processes;
using Container.Sdk.Oci;

namespace Container.Sdk.Engines;

/// <summary>An image that an engine built: in the engine under a name that nobody else uses, or in an archive. Disposing of it removes both.</summary>
public sealed class BuiltImage : IAsyncDisposable
{
    private readonly ContainerEngine _engine;
    private readonly string? _name;
    private readonly PrivateFolder _folder;

    internal BuiltImage(ContainerEngine engine, string? name, PrivateFolder folder, bool isInEngine) =>
        (_engine, _name, _folder, IsInEngine) = (engine, name, folder, isInEngine);

    /// <summary>Whether the engine that was asked to build has the image, and can be told further names for it.</summary>
    public bool IsInEngine { get; }

    internal const string ArchiveName = "image.tar";

    /// <summary>The image, to be read until the source, or this, is disposed of.</summary>
    public async Task<ArchiveImageSource> OpenAsync(CancellationToken cancellation)
    {
        if (_name is { } name && _engine.Name == EngineSearch.Docker)
            return await ArchiveImageSource.ReceiveAsync(
                name, ImageFormat.Docker, (output, stop) => _engine.SaveAsync(name, output, stop), _engine.Options.TemporaryFolder, cancellation).ConfigureAwait(false);
        var file = _folder[ArchiveName];
        if (_name is not null && !File.Exists(file)) await WriteArchiveAsync(_name, file, cancellation).ConfigureAwait(false);
        return new ArchiveImageSource(new ArchiveReference(file, ImageFormat.Oci), _engine.Options.TemporaryFolder);
    }

    /// <summary>Gives the image further names in the engine.</summary>
    /// <exception cref="InvalidOperationException">The image is not in the engine.</exception>
    public async Task TagAsync(IEnumerable<string> names, CancellationToken cancellation)
    {
        if (!IsInEngine) throw new InvalidOperationException("The image is in an archive.");
        foreach (var name in names)
            await _engine.SucceedAsync($"name the image {name}", _engine.Command("tag", _name!, name), cancellation).ConfigureAwait(false);
    }

    /// <summary>Removes the name, and the image where it has no other; and the archive.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_name is not null) await RemoveAsync(_engine, _name).ConfigureAwait(false);
        _folder.Dispose();
    }

    /// <summary>Removes a name from an engine, which may not have it.</summary>
    internal static async Task RemoveAsync(ContainerEngine engine, string name)
    {
        try
        {
            await engine.StartAsync("remove a temporary image", engine.Command("rmi", name) with { TimeLimit = engine.Options.AnswerLimit * 6 }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ContainerException)
        {
            // The image is made, or the build has failed for a reason of its own; neither is to be hidden by this.
        }
    }

    private Task<ProgramResult> WriteArchiveAsync(string name, string file, CancellationToken cancellation) => _engine.SucceedAsync(
        $"save the image {name}",
        _engine.Name == EngineSearch.Buildah
            ? _engine.Command("push", "--quiet", name, $"oci-archive:{file}")
            : _engine.Command("save", "--quiet", "--format", "oci-archive", "--output", file, name),
        cancellation);
}
