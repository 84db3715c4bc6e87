using System.Text;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources;

/// <summary>A build script for PowerShell.</summary>
internal static class PowerShellScript
{
    /// <summary>Its text.</summary>
    public static string Write(BuildScript script)
    {
        var text = new StringBuilder();
        foreach (var line in script.Head) text.Append("# ").Append(line).Append('\n');
        text.Append("$ErrorActionPreference = 'Stop'\n\n");
        text.Append("$engine = if ($env:CONTAINER_ENGINE) { $env:CONTAINER_ENGINE } else { 'docker' }\n");
        text.Append($"$root = (Resolve-Path -LiteralPath (Join-Path $PSScriptRoot {Quote(script.Up)})).Path\n");
        text.Append("$cache = if ($env:XDG_CACHE_HOME) { $env:XDG_CACHE_HOME } elseif ($env:LOCALAPPDATA) { $env:LOCALAPPDATA } else { Join-Path $HOME '.cache' }\n");
        text.Append($"$kept = Join-Path $cache {Quote($"container-sdk/builder/{script.Key}")}\n");
        text.Append("foreach ($folder in 'nuget', 'artifacts', 'home/.nuget/NuGet', 'home/.docker', 'out') { New-Item -ItemType Directory -Force -Path (Join-Path $kept $folder) | Out-Null }\n");
        text.Append("foreach ($file in 'home/.nuget/NuGet/NuGet.Config', 'home/.docker/config.json') { Remove-Item -Force -ErrorAction SilentlyContinue -Path (Join-Path $kept $file) }\n\n");

        text.Append("$options = @('run', '--rm'");
        if (script.Network is { } network) text.Append($", '--network', {Quote(network)}");
        text.Append(")\n");
        foreach (var (source, target) in BuildScript.Mounts)
            text.Append($"$options += '--mount', \"type=bind,source={source},target={target}\"\n");
        foreach (var (name, value) in ToolContainerCommand.Variables) text.Append($"$options += '--env', {Quote($"{name}={value}")}\n");
        foreach (var name in BuildScript.Inherited) text.Append($"$options += '--env', {Quote(name)}\n");

        text.Append("\n# Feeds and credentials of this user; no value is on a command line.\n");
        text.Append("$config = if ($env:APPDATA) { Join-Path $env:APPDATA 'NuGet/NuGet.Config' } else { Join-Path $HOME '.nuget/NuGet/NuGet.Config' }\n");
        text.Append($"if (Test-Path -LiteralPath $config) {{ $options += '--mount', \"type=bind,source=$config,target={Toolchain.NuGetConfig},readonly\" }}\n");
        // A credential helper is a program of this machine, and the container does not have it.
        text.Append("$config = Join-Path $(if ($env:DOCKER_CONFIG) { $env:DOCKER_CONFIG } else { Join-Path $HOME '.docker' }) 'config.json'\n");
        text.Append($"if ((Test-Path -LiteralPath $config) -and -not (Select-String -LiteralPath $config -Pattern 'credsStore|credHelpers' -Quiet)) {{ $options += '--mount', \"type=bind,source=$config,target={Toolchain.RegistryConfig},readonly\" }}\n");
        text.Append("foreach ($item in Get-ChildItem Env:NuGetPackageSourceCredentials_*) { $options += '--env', $item.Name }\n");
        foreach (var feed in script.Plan.Feeds)
        {
            var variable = BuildScript.FeedVariable(feed);
            text.Append($"if (-not $env:{variable}) {{ throw '{variable} is the folder of a package feed.' }}\n");
            text.Append($"$options += '--mount', (\"type=bind,source=$env:{variable},target=\" + {Quote(feed.Target)} + ',readonly')\n");
        }
        text.Append("if ($IsLinux -and (& $engine --version) -notmatch 'podman') { $options += '--user', \"$(id -u):$(id -g)\" }\n");
        text.Append($"$options += '--workdir', '{SourceNames.Root}', '--entrypoint', 'dotnet', {Quote(script.Plan.BuildImage)}\n");
        text.Append("$options += ").AppendJoin(", ", script.Arguments.Select(Quote)).Append("\n\n");

        text.Append("& $engine @options @args\nif ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }\n");
        if (script.Loads) text.Append("& $engine load --input (Join-Path $kept 'out/image.tar')\nexit $LASTEXITCODE\n");
        return text.ToString();
    }

    // Typographic quotes end a text, too.
    private static string Quote(string word) => $"'{string.Concat(word.Select(c => c is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b' ? $"{c}{c}" : $"{c}"))}'";
}
