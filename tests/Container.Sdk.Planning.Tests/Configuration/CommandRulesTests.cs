using System.Collections.Immutable;

namespace Container.Sdk.Planning.Tests;

/// <summary>The matrix of the in-box SDK.</summary>
[TestClass]
public sealed class CommandRulesTests
{
    private static readonly ContainerSettings App = new() { AppCommand = ["dotnet", "/app/x.dll"] };

    [TestMethod]
    public void The_apps_command_is_the_entrypoint() => Gives(App, [], "dotnet /app/x.dll", "");

    [TestMethod]
    public void Arguments_of_the_app_belong_to_the_entrypoint_and_default_arguments_to_the_command() => Gives(
        App with { AppCommandArgs = ["--always"], DefaultArgs = ["--perhaps"] }, [], "dotnet /app/x.dll --always", "--perhaps");

    [TestMethod]
    public void With_an_entrypoint_the_apps_command_is_the_command() => Gives(
        App with { Entrypoint = ["/bin/tini", "--"], AppCommandArgs = ["--always"], DefaultArgs = ["--perhaps"] }, [],
        "/bin/tini --", "dotnet /app/x.dll --always --perhaps");

    [TestMethod]
    public void Arguments_of_an_entrypoint_belong_to_it() => Gives(
        App with { Entrypoint = ["/bin/tini"], EntrypointArgs = ["--"] }, [], "/bin/tini --", "dotnet /app/x.dll");

    [TestMethod]
    public void Arguments_without_an_entrypoint_are_the_command_as_they_used_to_be() => Gives(
        App with { EntrypointArgs = ["--x"] }, [], "dotnet /app/x.dll", "--x");

    [TestMethod]
    [DataRow("dotnet")]
    [DataRow("/usr/bin/dotnet")]
    public void The_entrypoint_dotnet_of_a_base_was_never_meant(string entrypoint)
    {
        Gives(App, [entrypoint], "dotnet /app/x.dll", "");
        Gives(App with { AppCommandInstruction = AppCommandInstruction.DefaultArgs }, [entrypoint], "", "dotnet /app/x.dll");
    }

    [TestMethod]
    public void Another_entrypoint_of_a_base_gives_way_with_a_warning() => Gives(App, ["/entry.sh"], "dotnet /app/x.dll", "", "CSDK1025");

    [TestMethod]
    public void The_entrypoint_of_a_base_gives_way_silently_where_that_is_said() => Gives(
        App with { AppCommandInstruction = AppCommandInstruction.Entrypoint }, ["/entry.sh"], "dotnet /app/x.dll", "");

    [TestMethod]
    public void The_entrypoint_of_a_base_is_kept_where_the_app_is_its_default_arguments() => Gives(
        App with { AppCommandInstruction = AppCommandInstruction.DefaultArgs, DefaultArgs = ["--x"] }, ["/entry.sh", "-e"], "/entry.sh -e", "dotnet /app/x.dll --x");

    [TestMethod]
    public void An_entrypoint_replaces_that_of_the_base() => Gives(App with { Entrypoint = ["/bin/tini"] }, ["/entry.sh"], "/bin/tini", "dotnet /app/x.dll");

    [TestMethod]
    public void Without_the_app_only_the_entrypoint_counts()
    {
        var none = new ContainerSettings { AppCommandInstruction = AppCommandInstruction.None };
        Gives(none with { Entrypoint = ["/x"], EntrypointArgs = ["-e"], DefaultArgs = ["-d"] }, ["/entry.sh"], "/x -e", "-d");
        Gives(none with { DefaultArgs = ["-d"] }, ["/entry.sh"], "/entry.sh", "-d");
        Gives(none, [], "", "");
    }

    [TestMethod]
    [DataRow("arguments of no app")]
    [DataRow("an app that is left out")]
    [DataRow("an entrypoint in the app's place")]
    [DataRow("arguments in the app's place")]
    [DataRow("arguments of no entrypoint, by instruction")]
    [DataRow("arguments of no entrypoint, beside default arguments")]
    [DataRow("arguments of no entrypoint, beside the app's")]
    public void Contradictions_are_refused(string contradiction) =>
        Expect.Failure(Diagnostics.EntrypointConflict, () => CommandRules.Decide(Contradictory(contradiction), [], new SilentReporter()));

    private static ContainerSettings Contradictory(string contradiction) => contradiction switch
    {
        "arguments of no app" => new ContainerSettings { AppCommandArgs = ["x"] },
        "an app that is left out" => App with { AppCommandInstruction = AppCommandInstruction.None },
        "an entrypoint in the app's place" => App with { AppCommandInstruction = AppCommandInstruction.Entrypoint, Entrypoint = ["x"] },
        "arguments in the app's place" => App with { AppCommandInstruction = AppCommandInstruction.Entrypoint, EntrypointArgs = ["x"] },
        "arguments of no entrypoint, by instruction" => App with { AppCommandInstruction = AppCommandInstruction.DefaultArgs, EntrypointArgs = ["x"] },
        "arguments of no entrypoint, beside default arguments" => App with { EntrypointArgs = ["x"], DefaultArgs = ["y"] },
        _ => App with { EntrypointArgs = ["x"], AppCommandArgs = ["y"] },
    };

    private static void Gives(ContainerSettings settings, ImmutableArray<string> baseEntrypoint, string entrypoint, string command, params string[] warnings)
    {
        var reporter = new RecordingReporter();
        var decided = CommandRules.Decide(settings, baseEntrypoint, reporter);
        Assert.AreEqual((entrypoint, command), (string.Join(' ', decided.Entrypoint), string.Join(' ', decided.Command)));
        CollectionAssert.AreEqual(warnings, reporter.Warnings.ToArray());
    }
}
