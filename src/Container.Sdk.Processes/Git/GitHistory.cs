using Container.Sdk.Processes;
using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace Container.Sdk.Tasks;

/// <summary>What a history says.</summary>
/// <param name="Commit">The last commit; <c>null</c> where there is none, or none that can be trusted.</param>
/// <param name="Problem">Why it cannot be trusted.</param>
internal readonly record struct LastChange(string? Commit, string? Problem);

/// <summary>Asks git when a project changed last.</summary>
internal static class GitHistory
{
    /// <summary>How long git may take.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    // Hooks of git set the first ones, for another folder maybe; the next change what a path means. It is never to write, fetch, ask or translate.
    private static readonly Dictionary<string, string?> Settings = new Dictionary<string, string?>
    {
        ["GIT_DIR"] = null,
        ["GIT_WORK_TREE"] = null,
        ["GIT_COMMON_DIR"] = null,
        ["GIT_INDEX_FILE"] = null,
        ["GIT_PREFIX"] = null,
        ["GIT_LITERAL_PATHSPECS"] = null,
        ["GIT_GLOB_PATHSPECS"] = null,
        ["GIT_NOGLOB_PATHSPECS"] = null,
        ["GIT_ICASE_PATHSPECS"] = null,
        ["GIT_OPTIONAL_LOCKS"] = "0",
        ["GIT_NO_LAZY_FETCH"] = "1",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["LC_ALL"] = "C",
    };

    /// <summary>The last commit before or at <paramref name="head"/> that touched one of the sources.</summary>
    /// <param name="sources">What to look for.</param>
    /// <param name="head">The commit to begin with.</param>
    /// <param name="environment">Variables on top of this process's; <c>PATH</c> is where git is looked for.</param>
    /// <param name="cancellation">Stops git.</param>
    public static async Task<LastChange> FindAsync(ProjectSources sources, string head, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellation)
    {
        if (ProgramSearch.Find("git", environment) is not { } git) return new(null, "git was not found in PATH; install it");
        try
        {
            // rev-list is for programs: no alias, pager or setting of the user's changes what it says.
            var found = await RunAsync(["rev-list", "--max-count=1", "--stdin"], Question(sources, head)).ConfigureAwait(false);
            if (found.ExitCode != 0) return new(null, $"git says: {found.Reason}");
            if (found.Output.Length == 0) return default;
            var shallow = await RunAsync(["rev-parse", "--git-path", "shallow"], "").ConfigureAwait(false);
            if (shallow.ExitCode != 0) return new(null, $"git says: {shallow.Reason}");
            return IsEndOfHistory(Path.Combine(sources.Root, shallow.Output), found.Output)
                ? new(null, "this clone is shallow, and its history ends before that; fetch all of it (git fetch --unshallow, or fetch-depth: 0 where CI checks out)")
                : new(found.Output, null);
        }
        catch (Win32Exception e)
        {
            return new(null, $"git cannot be started: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(null, e.Message);
        }
        catch (TimeoutException)
        {
            return new(null, string.Create(CultureInfo.InvariantCulture, $"git did not answer within {TimeLimit.TotalSeconds} s"));
        }

        Task<ProgramResult> RunAsync(string[] arguments, string input) => ProgramRunner.RunAsync(
            new ProgramCommand(git, ["-C", sources.Root, .. arguments])
            {
                Environment = new Dictionary<string, string?>(Settings.Concat(environment.Where(v => !Settings.ContainsKey(v.Key)))),
                TimeLimit = TimeLimit,
                Input = async (stream, stop) => await stream.WriteAsync(Encoding.UTF8.GetBytes(input), stop).ConfigureAwait(false),
            },
            cancellation);
    }

    // On standard input there is no limit to the number of paths.
    private static string Question(ProjectSources sources, string head) => string.Join(
        '\n', [head, "--", .. sources.Paths.Select(p => $":(top,literal){p}"), .. sources.Outputs.Select(o => $":(top,literal,exclude){o}"), ""]);

    // Where a history was cut off, the first commit that is left looks as if it had made everything.
    private static bool IsEndOfHistory(string shallowFile, string commit) => File.Exists(shallowFile) && File.ReadLines(shallowFile).Contains(commit);
}
