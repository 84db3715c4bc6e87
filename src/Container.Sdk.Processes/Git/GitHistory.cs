using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace Container.Sdk.Processes;

/// <summary>When something in a git repository changed last.</summary>
/// <param name="Commit">The last commit that touched it; <c>null</c> where there is none, or where <paramref name="Problem"/> says why it is not known.</param>
/// <param name="Problem">Why it is not known, for people; <c>null</c> where it is.</param>
public readonly record struct LastChange(string? Commit, string? Problem);

/// <summary>Asks git when a project changed last. Nothing is written, fetched or asked of a person.</summary>
public static class GitHistory
{
    /// <summary>How long each of git's answers may take.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    // In a hook, git sets the first five for a repository that may be another one. The next four change what a path means. The rest keep git from
    // writing, fetching, asking and translating.
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

    /// <summary>The last commit at or before <paramref name="head"/> that touched one of the paths.</summary>
    /// <param name="paths">What to look for.</param>
    /// <param name="head">The commit to begin with, by its hash.</param>
    /// <param name="environment">Variables on top of this process's; git is looked for in their <c>PATH</c>.</param>
    /// <param name="cancellation">Stops git.</param>
    /// <returns>The commit, or why it is not known: that git is missing or fails is an answer, not an exception.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<LastChange> FindAsync(GitProjectPaths paths, string head, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellation)
    {
        if (ProgramSearch.Find("git", environment) is not { } git) return new(null, "git was not found in PATH; install it");
        try
        {
            // rev-list is for programs: no alias, pager or setting of the user's changes what it says.
            var found = await RunAsync(["rev-list", "--max-count=1", "--stdin"], Question(paths, head)).ConfigureAwait(false);
            if (found.ExitCode != 0) return new(null, $"git says: {found.Reason}");
            if (found.Output.Length == 0) return default;
            var shallow = await RunAsync(["rev-parse", "--git-path", "shallow"], "").ConfigureAwait(false);
            if (shallow.ExitCode != 0) return new(null, $"git says: {shallow.Reason}");
            return IsEndOfHistory(Path.Combine(paths.Root, shallow.Output), found.Output)
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
            new ProgramCommand(git, ["-C", paths.Root, .. arguments])
            {
                Environment = new Dictionary<string, string?>(Settings.Concat(environment.Where(v => !Settings.ContainsKey(v.Key)))),
                TimeLimit = TimeLimit,
                Input = async (stream, stop) => await stream.WriteAsync(Encoding.UTF8.GetBytes(input), stop).ConfigureAwait(false),
            },
            cancellation);
    }

    // On standard input there is no limit to the number of paths.
    private static string Question(GitProjectPaths paths, string head) => string.Join(
        '\n', [head, "--", .. paths.Paths.Select(p => $":(top,literal){p}"), .. paths.Outputs.Select(o => $":(top,literal,exclude){o}"), ""]);

    // Where a history was cut off, the oldest commit that is left seems to have added every file.
    private static bool IsEndOfHistory(string shallowFile, string commit) => File.Exists(shallowFile) && File.ReadLines(shallowFile).Contains(commit);
}
