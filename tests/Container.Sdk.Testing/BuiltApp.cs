namespace Container.Sdk.Testing;

/// <summary>
/// A console app that is compiled once per test run and copied from then on: most of what an image is to be is decided
/// after compiling.
/// </summary>
public static class BuiltApp
{
    private static readonly Lazy<Sandbox> Template = new(Build, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>Puts the app into the folder <c>app</c>.</summary>
    /// <param name="sandbox">The world.</param>
    /// <param name="content">What stands in its project beside the usual.</param>
    public static Sandbox BuiltConsole(this Sandbox sandbox, string content = "")
    {
        CopyFolder(Template.Value.PathOf("app"), sandbox.PathOf("app"));
        return sandbox.BuiltContent(content);
    }

    /// <summary>Puts something else into the project of the app.</summary>
    public static Sandbox BuiltContent(this Sandbox sandbox, string content) => sandbox.Write("app/case.props", $"<Project>{content}</Project>");

    /// <summary>Compiles and publishes any project on <c>scratch</c>, to the world's registry.</summary>
    public static CommandResult PublishOnScratch(this Sandbox sandbox, string project, params string[] arguments) =>
        sandbox.Dotnet(project, ["publish", "-v", "minimal", $"-p:ContainerRegistry=oci:{sandbox.Registry}", "-p:ContainerBaseImage=scratch", .. arguments]);

    /// <summary>Publishes the app without compiling it, on <c>scratch</c>, to the world's registry; what is given comes later and wins.</summary>
    public static CommandResult PublishBuilt(this Sandbox sandbox, params string[] arguments) => sandbox.Dotnet("app", sandbox.PublishBuiltCommand(arguments));

    /// <summary>What <see cref="PublishBuilt"/> gives to dotnet.</summary>
    public static string[] PublishBuiltCommand(this Sandbox sandbox, params string[] arguments) =>
        ["publish", "--no-build", "-v", "minimal", $"-p:ContainerRegistry=oci:{sandbox.Registry}", "-p:ContainerBaseImage=scratch", .. arguments];

    /// <summary>Publishes the app, and reads the image <c>app:latest</c> of the world's registry.</summary>
    public static Oci.Image BuiltImage(this Sandbox sandbox, params string[] arguments)
    {
        sandbox.PublishBuilt(arguments).Succeeded();
        return LayoutImages.Read(sandbox.Registry, "app:latest");
    }

    /// <summary>Copies a folder with all that is in it.</summary>
    public static void CopyFolder(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    private static Sandbox Build()
    {
        var sandbox = new Sandbox();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => sandbox.Dispose();
        // Without a program that starts it, the app is one layer.
        sandbox.Console("app", "<PropertyGroup><UseAppHost>false</UseAppHost></PropertyGroup><Import Project=\"case.props\" Condition=\"Exists('case.props')\" />");
        sandbox.Dotnet("app", "build", "-c", "Release", "-v", "quiet").Succeeded();
        return sandbox;
    }
}
