
namespace Container.Sdk.Engines.Tests;

/// <summary>A PATH of its own with programs that say and do what a test wants.</summary>
internal sealed class FakeEngines : IDisposable
{
    public const string Docker = "'version --format {{.Server.Version}} {{.Server.MinAPIVersion}}') echo '26.1.5 1.24';;";
    public const string Podman = "'info --format {{.Version.Version}}') echo 4.3.1;;";

    private readonly FakePrograms _programs = new();

    public TestFolder Folder => _programs.Folder;

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
        _programs.AddScript(name, script);
        return this;
    }

    /// <summary>Whether the process whose id a script wrote to a file has ended.</summary>
    public Task<bool> HasEndedAsync(string pidFile) => _programs.HasEndedAsync(pidFile);

    public void Dispose() => _programs.Dispose();
}
