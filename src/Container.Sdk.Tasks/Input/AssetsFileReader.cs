using System.Text.Json;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>Reads <c>project.assets.json</c>.</summary>
internal static class AssetsFileReader
{
    /// <summary>What restore found; nothing where the file is not there, or the .NET SDK has to say what is wrong with it.</summary>
    public static RestoredGraph Read(string path, string framework)
    {
        try
        {
            return path.Length > 0 && File.Exists(path) ? RestoredGraph.Read(File.ReadAllBytes(path), framework) : RestoredGraph.Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return RestoredGraph.Empty;
        }
    }
}
