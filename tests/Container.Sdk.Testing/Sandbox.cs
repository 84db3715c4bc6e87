using System.Text.Json.Nodes;

namespace Container.Sdk.Testing;

/// <summary>
/// A folder of its own with an isolated NuGet and MSBuild world: nothing of this repository, of the machine's
/// configuration or of a CI system reaches the projects in it.
/// </summary>
public sealed class Sandbox : IDisposable
{
    private readonly bool _cold, _nodes;

    /// <summary>Makes an empty world.</summary>
    /// <param name="cold">
    /// Whether each command of dotnet starts a process of its own, as a user's does. Else it runs in one that other tests have used
    /// before, which is several times faster: only what depends on the start of a process, or on its end, can tell.
    /// </param>
    /// <param name="nodes">
    /// Whether a command that is not cold starts more nodes of MSBuild where it has several projects, as a user's does: each is a process,
    /// and starts cold.
    /// </param>
    public Sandbox(bool cold = false, bool nodes = false)
    {
        (_cold, _nodes) = (cold, nodes);
        Folder = Directory.CreateTempSubdirectory("csdk-").FullName;
        Write("NuGet.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{PackedPackage.Feed}" />
                {string.Join("\n    ", PackedPackage.Sources.Select((s, i) => $"<add key=\"machine{i}\" value=\"{s}\" />"))}
              </packageSources>
              <packageSourceMapping>
                <packageSource key="packed"><package pattern="Container.Sdk" /></packageSource>
                {string.Join("\n    ", PackedPackage.Sources.Select((_, i) => $"<packageSource key=\"machine{i}\"><package pattern=\"*\" /></packageSource>"))}
              </packageSourceMapping>
            </configuration>
            """);
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"]) Write(file, "<Project />");
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The registry in a folder that publishes go to unless they say otherwise.</summary>
    public string Registry => Path.Combine(Folder, "registry");

    /// <summary>The layer cache of this world.</summary>
    public string Cache => Path.Combine(Folder, "cache");

    /// <summary>Variables for every command; <c>null</c> takes one away.</summary>
    public Dictionary<string, string?> Environment { get; } = System.Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Where(k => k is "CI" or "SOURCE_DATE_EPOCH" || k.StartsWith("GITHUB_", StringComparison.Ordinal) || k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || k.StartsWith("DOTNET_CONTAINER", StringComparison.Ordinal) || k.StartsWith("TESTINGPLATFORM", StringComparison.Ordinal))
        .ToDictionary(k => k, _ => (string?)null);

    /// <summary>Absolute path of something in the folder.</summary>
    public string PathOf(string relative) => Path.Combine(Folder, relative);

    /// <summary>Writes a file.</summary>
    public Sandbox Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), text);
        return this;
    }

    /// <summary>A project with the SDK, a file that prints <paramref name="says"/>, and whatever is put into it.</summary>
    public Sandbox Console(string name, string content = "", string says = "Hello", string sdk = "Microsoft.NET.Sdk") => this
        .Write($"{name}/{name}.csproj", $"""
            <Project Sdk="{sdk}">
              <Sdk Name="Container.Sdk" Version="{PackedPackage.Version}" />
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <ContainerStrategy>Layered</ContainerStrategy>
              </PropertyGroup>
              {content}
            </Project>
            """)
        .Write($"{name}/Program.cs", $"Console.WriteLine(\"{says}\");");

    /// <summary>A library project.</summary>
    public Sandbox Library(string name, string content = "") => this
        .Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Sdk Name="Container.Sdk" Version="{PackedPackage.Version}" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              {content}
            </Project>
            """)
        .Write($"{name}/{name}Class.cs", $"namespace {name.Replace('.', '_')}; public static class Thing {{ public static string Name => \"{name}\"; }}");

    /// <summary>Runs dotnet in a folder of this world.</summary>
    public CommandResult Dotnet(string folder, params string[] arguments) =>
        _cold || Environment.Any(ReadOnce) || !WarmDotnet.Serves(arguments) ? Run("dotnet", folder, arguments) : WarmDotnet.Run(_nodes ? arguments : WarmDotnet.OnOneNode(arguments), PathOf(folder), CommandEnvironment);

    // NuGet and MSBuild look at these when they start, and never again.
    private static bool ReadOnce(KeyValuePair<string, string?> variable) =>
        variable.Value is not null && (variable.Key is "HOME" || ((string[])["NUGET_", "MSBUILD", "DOTNET_CLI_"]).Any(start => variable.Key.StartsWith(start, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Runs a program in a folder of this world.</summary>
    public CommandResult Run(string program, string folder, params string[] arguments) => Command.Run(program, arguments, PathOf(folder), CommandEnvironment);

    /// <summary>The variables that every command gets.</summary>
    public IReadOnlyDictionary<string, string?> CommandEnvironment => new Dictionary<string, string?>(Environment)
    {
        ["NUGET_PACKAGES"] = PackedPackage.PackageFolder,
        ["XDG_CACHE_HOME"] = Cache,
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["MSBUILDTERMINALLOGGER"] = "off",
    };

    /// <summary>
    /// Publishes a project to <see cref="Registry"/> on the testbed's runtime image; what is given comes later and wins.
    /// </summary>
    public CommandResult Publish(string project, params string[] arguments) => Dotnet(project, PublishCommand(arguments));

    /// <summary>What <see cref="Publish"/> gives to dotnet.</summary>
    public string[] PublishCommand(params string[] arguments) =>
        ["publish", "-v", "minimal", $"-p:ContainerRegistry=oci:{Registry}", $"-p:ContainerBaseImage={Testbed.Base("runtime")}", .. arguments];

    /// <summary>What a publish wrote to its result file.</summary>
    public JsonObject Result(string project, string output = "obj/Release/net10.0") =>
        JsonNode.Parse(File.ReadAllText(PathOf($"{project}/{output}/container/result.json")))!.AsObject();

    /// <inheritdoc/>
    public void Dispose()
    {
        try { Directory.Delete(Folder, recursive: true); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { /* A compiler server may still look at it. */ }
    }
}
