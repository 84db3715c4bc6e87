using System.Text.Json;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>Reads <c>project.assets.json</c>.</summary>
internal static class AssetsFile
{
    /// <summary>What restore found; nothing where the file is not there, or the .NET SDK has to say what is wrong with it.</summary>
    public static RestoredGraph Read(ProjectIdentity project) => Read(project.AssetsFile, project.TargetFramework);

    /// <summary>The same by its path.</summary>
    public static RestoredGraph Read(string file, string framework)
    {
        try
        {
            return File.Exists(file) ? RestoredGraph.Read(File.ReadAllBytes(file), framework) : RestoredGraph.Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return RestoredGraph.Empty;
        }
    }
}
