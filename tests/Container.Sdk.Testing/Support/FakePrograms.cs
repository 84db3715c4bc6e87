namespace Container.Sdk.Testing;

/// <summary>A PATH of its own with programs that do what a test wants.</summary>
public sealed class FakePrograms : IDisposable
{
    /// <summary>The only folder of the PATH.</summary>
    public TestFolder Folder { get; } = new();

    /// <summary>Adds a program.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="script">What it does, for <c>sh</c>.</param>
    public FakePrograms AddScript(string name, string script)
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("the programs of this test are shell scripts");
        File.WriteAllText(Folder[name], $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Folder[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return this;
    }

    /// <summary>Whether the process whose id a script wrote to a file has ended.</summary>
    public async Task<bool> HasEndedAsync(string pidFile)
    {
        var pid = (await File.ReadAllTextAsync(Folder[pidFile])).Trim();
        for (var i = 0; i < 50; i++)
        {
            // One that has ended may wait for its parent to notice.
            if (!File.Exists($"/proc/{pid}/stat") || (await File.ReadAllTextAsync($"/proc/{pid}/stat")).Contains(") Z ", StringComparison.Ordinal)) return true;
            await Task.Delay(50);
        }
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => Folder.Dispose();
}
