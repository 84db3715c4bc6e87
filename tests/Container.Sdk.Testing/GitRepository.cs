using System.Globalization;

namespace Container.Sdk.Testing;

/// <summary>A git repository that a test makes; nothing of the machine's configuration reaches it.</summary>
public sealed class GitRepository
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private int _commits;

    /// <summary>Makes one in a folder that exists, or opens the one that is there.</summary>
    public GitRepository(string folder)
    {
        Folder = folder;
        if (Path.Exists(Path.Combine(folder, ".git"))) return;
        Run("init", "--quiet", "--initial-branch", "main");
    }

    /// <summary>The working folder.</summary>
    public string Folder { get; }

    /// <summary>The newest commit.</summary>
    public string Head => Run("rev-parse", "HEAD");

    /// <summary>Commits all that is there; each commit has a fixed time, an hour behind the one before.</summary>
    /// <returns>The commit.</returns>
    public string Commit(string message = "A change")
    {
        Run("add", "--all");
        Run("commit", "--quiet", "--allow-empty", "--message", message);
        return Head;
    }

    /// <summary>Writes a file and commits it.</summary>
    /// <returns>The commit.</returns>
    public string Commit(string file, string text)
    {
        Write(file, text);
        return Commit($"Change {file}");
    }

    /// <summary>Writes a file.</summary>
    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Folder, file))!);
        File.WriteAllText(Path.Combine(Folder, file), text);
    }

    /// <summary>Clones it, with the newest commits only where a depth is given.</summary>
    public GitRepository CloneTo(string folder, int? depth = null)
    {
        string[] limit = depth is { } d ? ["--depth", d.ToString(CultureInfo.InvariantCulture)] : [];
        Run(["clone", "--quiet", .. limit, $"file://{Folder}", folder]);
        return new GitRepository(folder);
    }

    /// <summary>Runs git in it.</summary>
    /// <returns>What it said.</returns>
    public string Run(params string[] arguments)
    {
        var time = Start.AddHours(arguments[0] == "commit" ? ++_commits : _commits).ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);
        var environment = new Dictionary<string, string?>
        {
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_SYSTEM"] = "/dev/null",
            ["GIT_DIR"] = null,
            ["GIT_WORK_TREE"] = null,
            ["GIT_INDEX_FILE"] = null,
            ["GIT_AUTHOR_NAME"] = "A Test",
            ["GIT_AUTHOR_EMAIL"] = "test@example.com",
            ["GIT_AUTHOR_DATE"] = time,
            ["GIT_COMMITTER_NAME"] = "A Test",
            ["GIT_COMMITTER_EMAIL"] = "test@example.com",
            ["GIT_COMMITTER_DATE"] = time,
        };
        // A submodule or a clone comes from another folder of the test.
        return Command.Run("git", ["-c", "protocol.file.allow=always", .. arguments], Folder, environment).Succeeded().Output.Trim();
    }
}
