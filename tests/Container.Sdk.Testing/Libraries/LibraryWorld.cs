using System.Text.Json.Nodes;

namespace Container.Sdk.Testing;

/// <summary>Worlds with library images: a registry in the folder <c>libraries</c>, and projects that use what lies there.</summary>
public static class LibraryWorld
{
    /// <summary>The item of a project, or of <c>Directory.Build.props</c> in the root, that says where <c>Acme.*</c> lies.</summary>
    public static string Source(string registry = "oci:../libraries", string pattern = "Acme.*", string repository = "libs/{id}") =>
        $"<ItemGroup><ContainerLibrarySource Include=\"{pattern}\" Registry=\"{registry}\" Repository=\"{repository}\" /></ItemGroup>";

    /// <summary>The folder of the library images.</summary>
    public static string Libraries(this Sandbox sandbox) => sandbox.PathOf("libraries");

    /// <summary>Where expanded packages of library images lie in this world.</summary>
    public static string LibraryPackages(this Sandbox sandbox) => Path.Combine(sandbox.Cache, "container-sdk", "packages");

    /// <summary>Every project of this world gets its <c>Acme.*</c> packages from <see cref="Libraries"/>.</summary>
    public static Sandbox WithSource(this Sandbox sandbox, string registry = "oci:libraries", string repository = "libs/{id}") =>
        sandbox.Write("Directory.Build.props", $"<Project>{Source(registry, repository: repository)}</Project>");

    /// <summary>Publishes a library, as <c>Acme.A 1.0.0</c>, which needs others, as <c>Acme.C [1.0.0, )</c>.</summary>
    public static Sandbox Has(this Sandbox sandbox, string library, params string[] dependencies)
    {
        LibraryPackage.Of(library, dependencies).ToFolder(sandbox.Libraries());
        return sandbox;
    }

    /// <summary>An ordinary package feed beside the registry has this package.</summary>
    /// <returns>What NuGet.config was without it.</returns>
    public static string WithFeed(this Sandbox sandbox, LibraryPackage package)
    {
        package.WriteTo(sandbox.PathOf("feed"));
        var config = File.ReadAllText(sandbox.PathOf("NuGet.config"));
        sandbox.Write("NuGet.config", config
            .Replace("</packageSources>", "<add key=\"feed\" value=\"feed\" /></packageSources>", StringComparison.Ordinal)
            .Replace("</packageSourceMapping>", "<packageSource key=\"feed\"><package pattern=\"Acme.*\" /></packageSource></packageSourceMapping>", StringComparison.Ordinal));
        return config;
    }

    /// <summary>An app that refers to packages, as <c>Acme.A 1.*</c>, and prints what the first of them says.</summary>
    /// <param name="sandbox">The world.</param>
    /// <param name="name">Its name.</param>
    /// <param name="references">The packages; without a version where the second part is missing.</param>
    /// <param name="content">More of its project.</param>
    public static Sandbox Uses(this Sandbox sandbox, string name, string[] references, string content = "") => sandbox
        .Console(name, $"<ItemGroup>{string.Concat(references.Select(Reference))}</ItemGroup>{content}")
        .Write($"{name}/Program.cs", $"Console.WriteLine({(references.Length == 0 ? "\"nothing\"" : $"{references[0].Split(' ')[0]}.Thing.Says()")});");

    /// <summary>A reference to a package, as <c>Acme.A 1.*</c>.</summary>
    public static string Reference(string package) => package.Split(' ', 2) is [var id, var version]
        ? $"<PackageReference Include=\"{id}\" Version=\"{version}\" />"
        : $"<PackageReference Include=\"{package}\" />";

    /// <summary>What the last restore of a project chose, as <c>Acme.A 1.0.0</c>, in order.</summary>
    /// <param name="sandbox">The world.</param>
    /// <param name="project">The project's folder.</param>
    /// <param name="start">Only packages whose ids start so.</param>
    public static IReadOnlyList<string> Restored(this Sandbox sandbox, string project, string start = "Acme.")
    {
        var assets = JsonNode.Parse(File.ReadAllText(sandbox.PathOf($"{project}/obj/project.assets.json")))!;
        return [.. assets["libraries"]!.AsObject().Where(l => (string)l.Value!["type"]! == "package" && l.Key.StartsWith(start, StringComparison.Ordinal)).Select(l => l.Key.Replace('/', ' ')).Order(StringComparer.Ordinal)];
    }

    /// <summary>Runs what a build of an app made.</summary>
    public static string RunBuilt(this Sandbox sandbox, string project, string configuration = "Release") =>
        sandbox.Dotnet(project, $"bin/{configuration}/net10.0/{project}.dll").Succeeded().Output.Trim();

    /// <summary>The files below a folder, with what is in them: what must not change.</summary>
    public static string Snapshot(this Sandbox sandbox, string folder) => !Directory.Exists(sandbox.PathOf(folder)) ? "" : string.Join('\n', Directory
        .EnumerateFiles(sandbox.PathOf(folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(f => $"{Path.GetRelativePath(sandbox.Folder, f)} {Digest.Of(File.ReadAllBytes(f))}"));

    /// <summary>Copies the sources of a world, and none of its output, into another: a fresh clone.</summary>
    public static Sandbox Clone(this Sandbox sandbox, params string[] folders)
    {
        var clone = new Sandbox();
        foreach (var file in Directory.EnumerateFiles(sandbox.Folder)) File.Copy(file, clone.PathOf(Path.GetFileName(file)), overwrite: true);
        foreach (var folder in folders) BuiltApp.CopyFolder(sandbox.PathOf(folder), clone.PathOf(folder));
        foreach (var output in Directory.EnumerateDirectories(clone.Folder, "*", SearchOption.AllDirectories).Where(d => Path.GetFileName(d) is "obj" or "bin").ToList())
            if (Directory.Exists(output)) Directory.Delete(output, recursive: true);
        return clone;
    }
}
