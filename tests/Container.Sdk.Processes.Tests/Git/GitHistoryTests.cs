using System.Collections.Immutable;

namespace Container.Sdk.Processes.Tests;

[TestClass]
public sealed class GitHistoryTests
{
    [TestMethod]
    public void A_commit_elsewhere_is_not_the_last_change()
    {
        using var folder = new TestFolder();
        var repository = new GitRepository(folder.Path);
        var first = repository.Commit("Orders/Order.cs", "1");
        repository.Commit("Docs/readme.md", "2");
        Assert.AreEqual(new LastChange(first, null), Ask(repository));
    }

    [TestMethod]
    public void A_commit_to_the_project_is()
    {
        using var folder = new TestFolder();
        var repository = new GitRepository(folder.Path);
        repository.Commit("Orders/Order.cs", "1");
        var second = repository.Commit("Orders/Order.cs", "2");
        Assert.AreEqual(new LastChange(second, null), Ask(repository));
    }

    [TestMethod]
    public void What_is_not_committed_does_not_count()
    {
        using var folder = new TestFolder();
        var repository = new GitRepository(folder.Path);
        var first = repository.Commit("Orders/Order.cs", "1");
        repository.Write("Orders/Order.cs", "2");
        Assert.AreEqual(first, Ask(repository).Commit);
    }

    [TestMethod]
    public void A_file_that_was_removed_counts()
    {
        using var folder = new TestFolder();
        var repository = new GitRepository(folder.Path);
        repository.Write("Orders/Order.cs", "1");
        repository.Commit("Directory.Build.props", "<Project />");
        File.Delete(folder["Directory.Build.props"]);
        Assert.AreEqual(repository.Commit(), Ask(repository).Commit);
    }

    [TestMethod]
    public void What_is_built_does_not_count_even_where_it_is_committed()
    {
        using var folder = new TestFolder();
        var repository = new GitRepository(folder.Path);
        var first = repository.Commit("Orders/Order.cs", "1");
        repository.Commit("Orders/obj/Order.dll", "2");
        Assert.AreEqual(first, Ask(repository).Commit);
    }

    [TestMethod]
    [DataRow("*")]
    [DataRow(":(exclude)Orders")]
    [DataRow("--all")]
    [DataRow("[a-z]")]
    [DataRow("größe 中文 😀")]
    public void A_name_means_itself(string name)
    {
        using var folder = new TestFolder();
        var repository = new GitRepository(folder.Path);
        var first = repository.Commit($"{name}/Order.cs", "1");
        repository.Commit("a/Other.cs", "2");
        Assert.AreEqual(new LastChange(first, null), Ask(repository, name));
    }

    [TestMethod]
    public void A_project_at_the_root_changes_with_every_commit()
    {
        using var folder = new TestFolder();
        var repository = new GitRepository(folder.Path);
        repository.Commit("Order.cs", "1");
        var second = repository.Commit("anywhere/file", "2");
        Assert.AreEqual(new LastChange(second, null), Ask(repository, ""));
    }

    [TestMethod]
    public void As_many_files_as_a_command_line_cannot_hold_are_asked_for()
    {
        using var folder = new TestFolder();
        var repository = new GitRepository(folder.Path);
        repository.Write("Orders/Order.cs", "1");
        var first = repository.Commit("shared/last.txt", "1");
        repository.Commit("elsewhere", "2");
        var inputs = Enumerable.Range(0, 30_000).Select(i => $"../shared/a-file-with-a-name-that-is-long-enough-to-fill-what-a-command-line-can-hold-{i}.txt").Append("../shared/last.txt");
        Assert.AreEqual(first, Ask(repository, "Orders", [.. inputs]).Commit);
    }

    [TestMethod]
    public void A_project_that_was_never_committed_has_no_last_change_and_that_is_no_problem()
    {
        using var folder = new TestFolder();
        var repository = new GitRepository(folder.Path);
        repository.Commit("elsewhere", "1");
        repository.Write("Orders/Order.cs", "2");
        Assert.AreEqual(default, Ask(repository));
    }

    [TestMethod]
    public void On_a_merge_the_last_change_is_the_one_of_the_side_that_has_it()
    {
        using var folder = new TestFolder();
        var repository = new GitRepository(folder.Path);
        repository.Commit("Orders/Order.cs", "1");
        repository.Run("switch", "--quiet", "--create", "side");
        var side = repository.Commit("Orders/Order.cs", "2");
        repository.Run("switch", "--quiet", "main");
        repository.Commit("elsewhere", "3");
        repository.Run("merge", "--quiet", "--no-ff", "--message", "Merge", "side");
        Assert.AreEqual(side, Ask(repository).Commit);
    }

    [TestMethod]
    public void The_end_of_a_shallow_history_is_not_trusted()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["origin"]);
        var origin = new GitRepository(folder["origin"]);
        origin.Commit("Orders/Order.cs", "1");
        origin.Commit("elsewhere", "2");
        var (commit, problem) = Ask(origin.CloneTo(folder["clone"], depth: 1));
        Assert.IsNull(commit);
        Assert.Contains("git fetch --unshallow", problem!);
    }

    [TestMethod]
    public void What_a_shallow_history_still_has_is_trusted()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["origin"]);
        var origin = new GitRepository(folder["origin"]);
        origin.Commit("Orders/Order.cs", "0");
        origin.Commit("Orders/Order.cs", "1");
        var second = origin.Commit("Orders/Order.cs", "2");
        origin.Commit("elsewhere", "3");
        origin.Commit("elsewhere", "4");
        Assert.AreEqual(new LastChange(second, null), Ask(origin.CloneTo(folder["clone"], depth: 4)));
    }

    [TestMethod]
    public void A_worktree_has_the_history_of_its_repository()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["origin"]);
        var origin = new GitRepository(folder["origin"]);
        var first = origin.Commit("Orders/Order.cs", "1");
        origin.Commit("elsewhere", "2");
        origin.Run("worktree", "add", "--quiet", "--detach", folder["tree"]);
        Assert.AreEqual(new LastChange(first, null), Ask(new GitRepository(folder["tree"])));
    }

    [TestMethod]
    public void A_worktree_of_a_shallow_clone_is_shallow()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["origin"]);
        var origin = new GitRepository(folder["origin"]);
        origin.Commit("Orders/Order.cs", "1");
        origin.Commit("elsewhere", "2");
        origin.CloneTo(folder["clone"], depth: 1).Run("worktree", "add", "--quiet", "--detach", folder["tree"]);
        Assert.IsNotNull(Ask(new GitRepository(folder["tree"])).Problem);
    }

    [TestMethod]
    public void Of_a_submodule_the_commit_that_moved_it_is_the_last_change()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["texts"]);
        Directory.CreateDirectory(folder["shop"]);
        new GitRepository(folder["texts"]).Commit("Texts.cs", "1");
        var shop = new GitRepository(folder["shop"]);
        shop.Commit("Orders/Order.cs", "1");
        shop.Run("submodule", "--quiet", "add", $"file://{folder["texts"]}", "vendor");
        var second = shop.Commit("Add the texts");
        shop.Commit("elsewhere", "3");
        var sources = GitProjectPaths.Of(folder["shop/Orders"], folder["shop"], [folder["shop/vendor"]], ["../vendor/Texts.cs"], []);
        Assert.AreEqual(new LastChange(second, null), Ask(shop, sources));
    }

    [TestMethod]
    public void The_variables_of_a_hook_do_not_lead_elsewhere()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["shop"]);
        Directory.CreateDirectory(folder["other"]);
        var shop = new GitRepository(folder["shop"]);
        var first = shop.Commit("Orders/Order.cs", "1");
        new GitRepository(folder["other"]).Commit("Orders/Order.cs", "other");
        var hook = new Dictionary<string, string?> { ["GIT_DIR"] = folder["other/.git"], ["GIT_WORK_TREE"] = folder["other"], ["GIT_LITERAL_PATHSPECS"] = "1" };
        Assert.AreEqual(new LastChange(first, null), GitHistory.FindAsync(Sources(shop, "Orders", []), first, hook, default).GetAwaiter().GetResult());
    }

    [TestMethod]
    public void Without_git_the_problem_says_so()
    {
        using var folder = new TestFolder();
        var repository = new GitRepository(folder.Path);
        var head = repository.Commit("Orders/Order.cs", "1");
        var nowhere = ImmutableDictionary<string, string?>.Empty.Add("PATH", folder.Path);
        var (commit, problem) = GitHistory.FindAsync(Sources(repository, "Orders", []), head, nowhere, default).GetAwaiter().GetResult();
        Assert.IsNull(commit);
        Assert.Contains("git was not found in PATH", problem!);
    }

    [TestMethod]
    public void What_git_does_not_like_is_said_in_its_words()
    {
        using var folder = new TestFolder();
        var repository = new GitRepository(folder.Path);
        repository.Commit("Orders/Order.cs", "1");
        var (commit, problem) = Ask(repository, Sources(repository, "Orders", []), new string('a', 40));
        Assert.IsNull(commit);
        Assert.StartsWith("git says: fatal: bad object", problem!);
    }

    private static LastChange Ask(GitRepository repository, string project = "Orders", string[]? inputs = null) => Ask(repository, Sources(repository, project, inputs ?? []));

    private static LastChange Ask(GitRepository repository, GitProjectPaths sources, string? head = null) =>
        GitHistory.FindAsync(sources, head ?? repository.Head, ImmutableDictionary<string, string?>.Empty, default).GetAwaiter().GetResult();

    private static GitProjectPaths Sources(GitRepository repository, string project, string[] inputs) =>
        GitProjectPaths.Of(Path.Combine(repository.Folder, project).TrimEnd('/'), repository.Folder, [], inputs, ["bin/", "obj/"]);
}
