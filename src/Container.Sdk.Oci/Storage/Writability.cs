namespace Container.Sdk.Oci;

/// <summary>Finds out whether a folder can be written, before long work is done for it.</summary>
public static class Writability
{
    /// <summary>Makes and deletes an empty file in the folder, or in its nearest parent that is there.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotWritable"/> or <see cref="Diagnostics.DiskFull"/></exception>
    public static void Check(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing))
        {
            if (File.Exists(existing)) throw Diagnostics.NotWritable.Error(folder, $"'{existing}' is a file");
            existing = Path.GetDirectoryName(existing) ?? throw Diagnostics.NotWritable.Error(folder, "there is no such disk");
        }
        var probe = AtomicFile.PartialName(Path.Combine(existing, ".container-sdk"));
        try
        {
            using (File.Create(probe, 1, FileOptions.DeleteOnClose)) { }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(folder, e);
        }
    }
}
