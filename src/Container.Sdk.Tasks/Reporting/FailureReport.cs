using System.Text;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Tasks;

/// <summary>The result file of a publish that failed.</summary>
internal static class FailureReport
{
    public static void Write(string path, string project, ContainerException e)
    {
        var json = new JsonObject
        {
            ["version"] = 1,
            ["success"] = false,
            ["project"] = project,
            ["code"] = e.Diagnostic.Code,
            ["message"] = e.Message,
            ["help"] = e.Diagnostic.HelpLink,
            ["retryMayHelp"] = e.Diagnostic.Transient,
        };
        try
        {
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(Json.ToText(json)));
        }
        catch (ContainerException)
        {
            // The error in the log stands; it is the one to mend first.
        }
    }
}
