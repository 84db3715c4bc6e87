using System.Text;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>A build script for <c>sh</c>.</summary>
internal static class ShellScript
{
    /// <summary>Its text.</summary>
    public static string Write(BuildScript script)
    {
        var text = new StringBuilder("#!/bin/sh\n");
        foreach (var line in script.Head) text.Append("# ").Append(Comment(line)).Append('\n');
        text.Append("set -eu\n\n");
        text.Append("engine=${CONTAINER_ENGINE:-docker}\n");
        text.Append($"root=$(CDPATH='' cd -- \"$(dirname -- \"$0\")\"/{Quote(script.Up)} && pwd)\n");
        text.Append($"kept=${{XDG_CACHE_HOME:-$HOME/.cache}}/container-sdk/builder/{script.Key}\n");
        text.Append("mkdir -p \"$kept/nuget\" \"$kept/artifacts\" \"$kept/home/.nuget/NuGet\" \"$kept/home/.docker\" \"$kept/out\"\n");
        // What an engine put there to mount over would be an empty configuration.
        text.Append("rm -f \"$kept/home/.nuget/NuGet/NuGet.Config\" \"$kept/home/.docker/config.json\"\n\n");

        text.Append("# The image, and what dotnet gets.\nset -- ").Append(Quote(script.Plan.BuildImage));
        foreach (var argument in script.Arguments) text.Append(" \\\n    ").Append(Quote(argument));
        text.Append(" \"$@\"\n\n");

        text.Append("# Feeds and credentials of this user; no value is on a command line.\n");
        Optional(text, "$HOME/.nuget/NuGet/NuGet.Config", BuilderCommand.UserConfig, "");
        // A helper is a program of this machine.
        Optional(text, "${DOCKER_CONFIG:-$HOME/.docker}/config.json", $"{BuilderCommand.Home}/.docker/config.json", " && ! grep -q 'credsStore\\|credHelpers' \"$file\"");
        text.Append("for name in $(env | sed -n 's/^\\(NuGetPackageSourceCredentials_[A-Za-z0-9_]*\\)=.*/\\1/p'); do set -- --env \"$name\" \"$@\"; done\n");
        foreach (var feed in script.Plan.Feeds)
            text.Append($"set -- --mount \"type=bind,source=${{{BuildScript.FeedVariable(feed)}:?is the folder of a package feed}},target=\"{Quote(feed.Target)},readonly \"$@\"\n");

        text.Append("# Podman without rights makes its user root this one; of the others, what they write belongs to this user.\n");
        text.Append("case $(\"$engine\" --version) in *odman*) ;; *) set -- --user \"$(id -u):$(id -g)\" \"$@\" ;; esac\n\n");

        text.Append("\"$engine\" run --rm");
        if (script.Network.Length > 0) text.Append(" --network ").Append(Quote(script.Network));
        foreach (var (source, target) in ((string, string)[])[("$root", SourceNames.Root), ("$kept/nuget", BuilderCommand.Packages), ("$kept/artifacts", BuilderCommand.Artifacts), ("$kept/home", BuilderCommand.Home), ("$kept/out", "/out")])
            text.Append($" \\\n    --mount \"type=bind,source={source},target={target}\"");
        foreach (var (name, value) in BuilderCommand.Variables) text.Append(" \\\n    --env ").Append(Quote($"{name}={value}"));
        foreach (var name in BuildScript.Inherited) text.Append(" \\\n    --env ").Append(name);
        text.Append($" \\\n    --workdir {SourceNames.Root} --entrypoint dotnet \"$@\"\n");
        if (script.Loads) text.Append("\"$engine\" load --input \"$kept/out/image.tar\"\n");
        return text.ToString();
    }

    private static void Optional(StringBuilder text, string file, string target, string also) => text
        .Append($"file={file}\n").Append($"if [ -f \"$file\" ]{also}; then set -- --mount \"type=bind,source=$file,target={target},readonly\" \"$@\"; fi\n");

    private static string Comment(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    /// <summary>A word that the shell takes as it is.</summary>
    public static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
