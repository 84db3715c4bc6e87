using System.Text;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Container.Sdk.Sources;

namespace Container.Sdk.Publishing;

/// <summary><c>build.sh</c> and <c>build.ps1</c>: the publish in a tool container, for machines without the .NET SDK.</summary>
public static class BuildScriptFiles
{
    /// <summary>Writes them.</summary>
    /// <param name="request">The project.</param>
    /// <param name="plan">What is compiled.</param>
    /// <param name="folder">Where they go; absolute.</param>
    /// <returns>Their absolute paths.</returns>
    public static IEnumerable<string> Write(ContainerRequest request, ImagePlan plan, string folder)
    {
        var sources = ((PlannedCompilation)plan.Content).Sources;
        var files = new List<string>();
        var scripts = new BuildScriptRequest(sources, folder) { LoadsIntoEngine = request.Target is EngineTarget, Network = request.Compilation.Network.Length == 0 ? null : request.Compilation.Network };
        foreach (var (name, text, isProgram) in BuildScripts.Write(scripts))
        {
            var path = Path.Combine(folder, name);
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(text), durable: false);
            if (isProgram && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, LayerEntry.ProgramMode);
            files.Add(path);
        }
        return files;
    }
}
