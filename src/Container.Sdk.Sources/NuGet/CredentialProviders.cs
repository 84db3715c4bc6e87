namespace Container.Sdk.Tasks;

/// <summary>Which credential providers NuGet has on this machine: its plug-ins.</summary>
internal static class CredentialPlugins
{
    /// <summary>Their files, in the order in which NuGet asks them.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="home">The user's folder.</param>
    public static IReadOnlyList<string> Find(Func<string, string?> variable, string home)
    {
        var named = variable("NUGET_NETCORE_PLUGIN_PATHS") is { Length: > 0 } netCore ? netCore : variable("NUGET_PLUGIN_PATHS");
        if (named is { Length: > 0 }) return [.. named.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(File.Exists)];
        var folder = Path.Combine(home, ".nuget", "plugins", "netcore");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder).Select(d => Path.Combine(d, Path.GetFileName(d) + ".dll")).Where(File.Exists).Order(StringComparer.Ordinal)]
            : [];
    }
}
