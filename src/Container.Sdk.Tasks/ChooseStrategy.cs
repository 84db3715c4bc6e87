using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary><c>ContainerStrategy=Auto</c>: chooses, and says in one line what and why.</summary>
public sealed class ChooseStrategy : ContainerTask
{
#pragma warning disable CS1591, CA1819 // The names are those of the properties; MSBuild gives items as arrays.
    [Required] public string ProjectFolder { get; set; } = "";
    public string AssetsFile { get; set; } = "";
    public string TargetFramework { get; set; } = "";
    public ITaskItem[] LibrarySources { get; set; } = [];
    public bool IsNative { get; set; }

    /// <summary>Whether the choice is told; <see cref="ExplainImage"/> tells it in its own way.</summary>
    public bool Announce { get; set; } = true;

    [Output] public string Strategy { get; set; } = "";
#pragma warning restore CS1591, CA1819

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var facts = ProjectFactsReader.Read(ProjectFolder, AssetsFileReader.Read(AssetsFile, TargetFramework), LibrarySourceReader.Read(LibrarySources, ProjectFolder), IsNative);
        var choice = StrategyChoice.Of(facts);
        Strategy = choice.Strategy.ToString();
        // In the form that the terminal logger shows.
        if (Announce) Log.LogMessage(MessageImportance.High, "{0}", $"{ProjectName} -> Auto chose {choice.Strategy}, because {choice.Reason}.");
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
