using System.Text;
using Container.Sdk.Oci;

namespace Container.Sdk.Processes;

/// <summary>A folder that only this user can read, with what one build or container needs, and nobody afterwards.</summary>
public sealed class PrivateFolder : IDisposable
{
    /// <summary>Makes the folder.</summary>
    /// <param name="parent">Where; the system's temporary folder by default.</param>
    /// <exception cref="ContainerException">The disk does not let us; see <see cref="AtomicFile.Failure"/>.</exception>
    public PrivateFolder(string? parent = null)
    {
        Path = System.IO.Path.Combine(parent ?? System.IO.Path.GetTempPath(), $"container-sdk-{Guid.NewGuid():n}");
        Guard(() => Create(Path));
    }

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>Absolute path of something in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file that only this user can read, and returns its path.</summary>
    public string Write(string name, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Guard(() =>
        {
            using var file = new FileStream(this[name], options);
            file.Write(Encoding.UTF8.GetBytes(text));
        });
        return this[name];
    }

    /// <summary>Makes a folder in it, and returns its path.</summary>
    public string AddFolder(string name)
    {
        Guard(() => Create(this[name]));
        return this[name];
    }

    /// <summary>Removes it with all that is in it.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A program that is just ending may hold a file; the build is not to fail for that.
        }
    }

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw AtomicFile.Failure(Path, e);
        }
    }

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
