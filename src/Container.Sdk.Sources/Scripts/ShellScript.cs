using System.Text;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources;

/// <summary>A build script for <c>sh</c>.</summary>
internal static class ShellScript
{
    /// <summary>Its text.</summary>
    public static string Write(BuildScript script)
    {
        var text = new StringBuilder("#!/bin/sh\n");
        foreach (var line in script.Head) text.Append("# ").Append(line).Append('\n');
        text.Append("set -eu\n\n");
        text.Append("engine=${CONTAINER_ENGINE:-docker}\n");
        text.Append($"root=$(CDPATH='' cd -- \"$(dirname -- \"$0\")\"/{ShellWord.Quote(script.Up)} && pwd)\n");
        text.Append($"kept=${{XDG_CACHE_HOME:-$HOME/.cache}}/container-sdk/builder/{script.Key}\n");
        text.Append("mkdir -p \"$kept/nuget\" \"$kept/artifacts\" \"$kept/home/.nuget/NuGet\" \"$kept/home/.docker\" \"$kept/out\"\n");
        // To mount over a file, an engine makes one, and that would stay as an empty configuration.
        text.Append("rm -f \"$kept/home/.nuget/NuGet/NuGet.Config\" \"$kept/home/.docker/config.json\"\n\n");

        text.Append("# The image, and what dotnet gets.\nset -- ").Append(ShellWord.Quote(script.Plan.BuildImage));
        foreach (var argument in script.Arguments) text.Append(" \\\n    ").Append(ShellWord.Quote(argument));
        text.Append(" \"$@\"\n\n");

        text.Append("# Feeds and credentials of this user; no value is on a command line.\n");
        Optional(text, "$HOME/.nuget/NuGet/NuGet.Config", Toolchain.NuGetConfig, "");
        // A credential helper is a program of this machine, and the container does not have it.
        Optional(text, "${DOCKER_CONFIG:-$HOME/.docker}/config.json", Toolchain.RegistryConfig, " && ! grep -q 'credsStore\\|credHelpers' \"$file\"");
        text.Append("for name in $(env | sed -n 's/^\\(NuGetPackageSourceCredentials_[A-Za-z0-9_]*\\)=.*/\\1/p'); do set -- --env \"$name\" \"$@\"; done\n");
        foreach (var feed in script.Plan.Feeds)
            text.Append($"set -- --mount \"type=bind,source=${{{BuildScript.FeedVariable(feed)}:?is the folder of a package feed}},target=\"{ShellWord.Quote(feed.Target)},readonly \"$@\"\n");

        text.Append("# Rootless Podman maps its root to this user. Other engines run as this user, so that what they write belongs to it.\n");
        text.Append("case $(\"$engine\" --version) in *odman*) ;; *) set -- --user \"$(id -u):$(id -g)\" \"$@\" ;; esac\n\n");

        text.Append("\"$engine\" run --rm");
        if (script.Network is { } network) text.Append(" --network ").Append(ShellWord.Quote(network));
        foreach (var (source, target) in BuildScript.Mounts)
            text.Append($" \\\n    --mount \"type=bind,source={source},target={target}\"");
        foreach (var (name, value) in ToolContainerCommand.Variables) text.Append(" \\\n    --env ").Append(ShellWord.Quote($"{name}={value}"));
        foreach (var name in BuildScript.Inherited) text.Append(" \\\n    --env ").Append(name);
        text.Append($" \\\n    --workdir {SourceNames.Root} --entrypoint dotnet \"$@\"\n");
        if (script.Loads) text.Append("\"$engine\" load --input \"$kept/out/image.tar\"\n");
        return text.ToString();
    }

    private static void Optional(StringBuilder text, string file, string target, string also) => text
        .Append($"file={file}\n").Append($"if [ -f \"$file\" ]{also}; then set -- --mount \"type=bind,source=$file,target={target},readonly\" \"$@\"; fi\n");
}
