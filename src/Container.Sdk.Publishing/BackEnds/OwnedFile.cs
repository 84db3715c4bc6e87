using System.Text;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>Writes generated texts: over those that nobody changed, and beside those that somebody did.</summary>
internal static class OwnedFile
{
    /// <summary>Writes a text.</summary>
    /// <param name="path">Where it goes; a person may have made it his own.</param>
    /// <param name="spare">Where it goes then, so that the two can be compared.</param>
    /// <param name="text">The text.</param>
    /// <param name="reporter">Told where a person's file no longer fits the project.</param>
    public static void Write(string path, string spare, string text, IReporter reporter)
    {
        var signed = OwnedText.Sign(text);
        var bytes = Encoding.UTF8.GetBytes(signed);
        if (path != spare) AtomicFile.Write(spare, bytes, durable: false);
        var present = File.Exists(path) ? File.ReadAllText(path) : null;
        if (present == signed) return;
        if (present is null || OwnedText.IsUnchanged(present) || path == spare) AtomicFile.Write(path, bytes, durable: false);
        else if (!OwnedText.IsOf(present, signed)) reporter.Warn(Diagnostics.DockerfileOutOfDate, path, OwnedText.Differences(present, signed), spare);
    }
}
