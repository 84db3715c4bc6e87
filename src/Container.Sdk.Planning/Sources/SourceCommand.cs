namespace Container.Sdk.Planning;

/// <summary>The command that builds a Dockerfile without us, for whoever wants to own it.</summary>
public static class SourceCommand
{
    /// <summary>The comment at the top of the Dockerfile.</summary>
    /// <param name="plan">What is compiled.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="dockerfile">Where the Dockerfile is; absolute.</param>
    public static string[] Head(SourcePlan plan, string strategy, string dockerfile) =>
    [
        // The first words are fixed: a first line such as "# syntax=…" is a command.
        $"The image of {plan.Name}, compiled in a container (ContainerStrategy={strategy}).",
        $"It is a Dockerfile like any other; from {Up(plan, dockerfile)}:",
        $"  docker buildx build --file {ShellWord.Quote(Path.GetRelativePath(plan.Root, dockerfile).Replace('\\', '/'))} --tag {Slug.Of(plan.Name)} \\",
        .. Options(plan).Select(o => $"    {o} \\"),
        "    .",
    ];

    private static IEnumerable<string> Options(SourcePlan plan) =>
        plan.SecretConfigs.Select(c => $"--secret id={c.Id},src={ShellWord.Quote(c.File)}")
            .Prepend($"--secret id={SourceDockerfile.NuGetSecret},src=$HOME/.nuget/NuGet/NuGet.Config")
            .Concat(plan.Registries.Take(1).Select(_ => $"--secret id={SourceDockerfile.RegistrySecret},src=$HOME/.docker/config.json"))
            .Concat(plan.Feeds.Select(f => $"--build-context {f.Name}=FOLDER"));

    private static string Up(SourcePlan plan, string dockerfile)
    {
        var up = Path.GetRelativePath(Path.GetDirectoryName(dockerfile)!, plan.Root).Replace('\\', '/');
        return up == "." ? "its folder" : $"the folder {up} of its own";
    }
}

/// <summary>Words of a command line for <c>sh</c>.</summary>
public static class ShellWord
{
    /// <summary>A text as one word that the shell takes as it is: between single quotes, where it holds anything but letters, digits and <c>/ . - _ +</c>.</summary>
    public static string Quote(string text) => text.Length > 0 && text.All(IsPlain) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char c) => char.IsLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+';
}
