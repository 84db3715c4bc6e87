using Container.Sdk.Oci.Tests.Archives;

namespace Container.Sdk.Engines.Tests;

/// <summary>A PATH of its own with programs that say and do what a test wants.</summary>
internal sealed class FakeEngines : IDisposable
{
    public const string Docker = "'version --format {{.Server.Version}} {{.Server.MinAPIVersion}}') echo '26.1.5 1.24';;";
    public const string Podman = "'info --format {{.Version.Version}}') echo 4.3.1;;";

    public TestFolder Folder { get; } = new();

    public EngineOptions Options => new()
    {
        Environment = new Dictionary<string, string?> { ["PATH"] = Folder.Path, ["FAKE"] = Folder.Path },
        AnswerLimit = TimeSpan.FromSeconds(5),
        TemporaryFolder = Folder["temporary"],
    };

    /// <summary>Adds a program: the branches of a shell's <c>case</c> over all of its arguments; other arguments fail.</summary>
    public FakeEngines Add(string name, params string[] branches) => AddScript(name, $"""
        case "$*" in
        {string.Join('\n', branches)}
        *) echo "unexpected: $*" >&2; exit 99;;
        esac
        """);

    public FakeEngines AddScript(string name, string script)
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("the engines of this test are shell scripts");
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

    public void Dispose() => Folder.Dispose();
}
