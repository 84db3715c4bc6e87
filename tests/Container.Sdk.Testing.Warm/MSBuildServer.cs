using System.Reflection;
using System.Runtime.Loader;

namespace Container.Sdk.Testing.Warm;

/// <summary>
/// What MSBuild's own server does between two builds, in a process that runs the whole of dotnet. MSBuild keeps it to itself; a version
/// that does it otherwise is found out by the tests of warm commands.
/// </summary>
internal static class MSBuildServer
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Makes MSBuild keep the project files of the SDK from build to build; it looks whether they are as they were.</summary>
    public static void Be() => Find("MSBuild", "Microsoft.Build.CommandLine.MSBuildApp")?.GetField("s_isServerNode", Static)?.SetValue(null, true);

    /// <summary>Makes MSBuild look at the variables and at the folder of a command.</summary>
    public static void Begin(string folder)
    {
        Find("Microsoft.Build.Framework", "Microsoft.Build.Framework.Traits")?.GetMethod("UpdateFromEnvironment", Static)?.Invoke(null, null);
        Find("Microsoft.Build", "Microsoft.Build.Execution.BuildParameters")?.GetProperty("StartupDirectory", Static)?.SetValue(null, folder);
    }

    /// <summary>Takes away the files in which MSBuild keeps the results of a build: those of the next one have the same names.</summary>
    public static void End() => Find("Microsoft.Build.Framework", "Microsoft.Build.Framework.FileUtilities")?.GetMethod("ClearCacheDirectory", Static, [])?.Invoke(null, null);

    private static Type? Find(string assembly, string type) => AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(assembly)).GetType(type);
}
