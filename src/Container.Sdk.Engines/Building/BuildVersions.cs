namespace Container.Sdk.Engines;

/// <summary>The oldest engines that can build what is asked of them.</summary>
internal static class BuildVersions
{
    // Docker 23 made BuildKit the default. Buildah 1.26, which is in Podman 4.1, brought further contexts.
    private static Version Oldest(string engine) => engine switch
    {
        EngineSearch.Docker => new Version(23, 0),
        EngineSearch.Podman => new Version(4, 1),
        _ => new Version(1, 26),
    };

    /// <summary>Refuses an engine that is too old. One whose version cannot be read may try.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.EngineTooOld"/></exception>
    public static void Check(ContainerEngine engine)
    {
        var oldest = Oldest(engine.Name);
        if (Read(engine.Version) is { } version && version < oldest) throw Diagnostics.EngineTooOld.Error(engine.Name, engine.Version, oldest);
    }

    // "26.1.5+dfsg1", "4.3.1", "5.0.0-dev", "20.10.24"
    private static Version? Read(string text)
    {
        var end = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        return System.Version.TryParse(text[..end].TrimEnd('.'), out var version) ? version : null;
    }
}
