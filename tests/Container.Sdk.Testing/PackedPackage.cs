namespace Container.Sdk.Testing;

/// <summary>
/// The package, packed from this repository once per test run, under a version that no cache knows. <c>eng/test</c> packs it beside other
/// work, and names its folder in <c>CSDK_TEST_FEED</c>.
/// </summary>
public static class PackedPackage
{
    private static readonly string? Given = Environment.GetEnvironmentVariable("CSDK_TEST_FEED") is { Length: > 0 } feed ? feed : null;
    private static readonly Lazy<string> Packed = new(Pack, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The version.</summary>
    public static string Version { get; } = Given is null ? $"0.0.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}" : Path.GetFileName(Given.TrimEnd('/'));

    /// <summary>A folder feed with the package.</summary>
    public static string Feed => Packed.Value;

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The package folder that all tests share; the package has a new version each time, the others never change.</summary>
    public static string PackageFolder => Path.Combine(Root, "artifacts", "tests", "nuget");

    /// <summary>The addresses of the machine's own package sources.</summary>
    public static IReadOnlyList<string> Sources { get; } =
    [
        .. Command.Run("dotnet", ["nuget", "list", "source", "--format", "short"], Path.GetTempPath()).Output.Split('\n')
            .Where(l => l.StartsWith("E ", StringComparison.Ordinal)).Select(l => l[2..].Trim()),
    ];

    private static string Pack()
    {
        if (Given is not null) return Given;
        var feed = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "tests", "feed", Version)).FullName;
        // An output of its own, so that the tests never race with a build of the same projects.
        Command.Run("dotnet", ["pack", "src/Container.Sdk.Tasks", "-c", "Release", $"-p:Version={Version}", "-o", feed, "-v", "quiet", "-nodeReuse:false"], Root).Succeeded();
        return feed;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Container.Sdk.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
