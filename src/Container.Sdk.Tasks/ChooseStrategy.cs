using Container.Sdk.Publishing;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary><c>ContainerStrategy=Auto</c>: chooses, and says in one line what and why.</summary>
public sealed class ChooseStrategy : EarlyTask
{
    /// <summary>Whether the choice is told; <see cref="ExplainImage"/> tells it in its own way.</summary>
    public bool IsTold { get; set; } = true;

    /// <summary>The strategy.</summary>
    [Output]
    public string Strategy { get; set; } = "";

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var choice = ProjectFactsReader.Choose(Reader.ReadProject(), Reader.ReadLibraries());
        Strategy = choice.Strategy.Name;
        if (IsTold) Announce($"{Project} -> Auto chose {choice.Strategy}, because {choice.Reason}.");
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
