using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Container.Sdk.Sources.Tests;

/// <summary>MSBuild comes from the newest .NET SDK beside the runtime of this process, as it comes from the host in a build.</summary>
internal static class SdkAssemblies
{
    private static readonly Lazy<string> Folder = new(() =>
    {
        var root = Path.GetFullPath("../../..", Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        return Directory.EnumerateDirectories(Path.Combine(root, "sdk")).Where(f => File.Exists(Path.Combine(f, "MSBuild.dll"))).MaxBy(f => Version.Parse(Path.GetFileName(f).Split('-')[0]))!;
    });

    [ModuleInitializer]
    internal static void Register() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name!.StartsWith("Microsoft.", StringComparison.Ordinal) && Path.Combine(Folder.Value, $"{name.Name}.dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
}
