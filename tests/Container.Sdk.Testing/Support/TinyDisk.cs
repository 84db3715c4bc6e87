namespace Container.Sdk.Testing;

/// <summary>A disk of 64 KiB. The test is inconclusive where none can be had: it takes Linux and its administrator.</summary>
public sealed class TinyDisk : IDisposable
{
    public const int Size = 64 << 10;

    private TinyDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Every file on it, by its relative name.</summary>
    public IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Select(f => System.IO.Path.GetRelativePath(Path, f)).Order(StringComparer.Ordinal)];

    public static TinyDisk Mount()
    {
        var path = Directory.CreateTempSubdirectory("csdk-disk-").FullName;
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || Gnu.Run("mount", "-t", "tmpfs", "-o", $"size={Size}", "tmpfs", path).Code != 0)
        {
            Directory.Delete(path);
            Assert.Inconclusive("no small disk can be mounted");
        }
        return new TinyDisk(path);
    }

    /// <summary>Leaves no room on it.</summary>
    public void Fill()
    {
        using var file = new FileStream(System.IO.Path.Combine(Path, "filler"), FileMode.Create, FileAccess.Write, FileShare.None, 0);
        try
        {
            while (true) file.Write(new byte[1024]);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    public void Dispose()
    {
        Assert.AreEqual(0, Gnu.Run("umount", Path).Code);
        Directory.Delete(Path);
    }
}
