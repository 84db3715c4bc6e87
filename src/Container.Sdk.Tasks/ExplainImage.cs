using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary><c>ExplainContainer</c>: says what would be made, layer by layer, and what speaks for each strategy.</summary>
public sealed class ExplainImage : ContainerTask
{
#pragma warning disable CS1591, CA1819 // The names are those of the properties; MSBuild gives items as arrays.
    [Required] public string ProjectFolder { get; set; } = "";

    /// <summary>The plan; empty where a container compiles, so that nothing is planned here.</summary>
    public string PlanFile { get; set; } = "";

    /// <summary><c>ContainerStrategy</c> as the project says it.</summary>
    public string Strategy { get; set; } = "";

    /// <summary>The strategy that it comes to.</summary>
    public string Chosen { get; set; } = "";
    public string Destination { get; set; } = "";
    public string AssetsFile { get; set; } = "";
    public string TargetFramework { get; set; } = "";
    public ITaskItem[] LibrarySources { get; set; } = [];
    public bool IsNative { get; set; }
#pragma warning restore CS1591, CA1819

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var facts = ProjectFactsReader.Read(ProjectFolder, AssetsFileReader.Read(AssetsFile, TargetFramework), LibrarySourceReader.Read(LibrarySources, ProjectFolder), IsNative);
        var plan = PlanFile.Length > 0 && File.Exists(PlanFile) ? ImagePlanFile.Read(File.ReadAllBytes(PlanFile)) : null;
        var explanation = new Explanation(ProjectName, Strategy, Chosen, Destination, plan, StrategyChoice.Of(facts));
        // A link counts nothing.
        Log.LogMessage(MessageImportance.High, "{0}", explanation.ToText(f => f.LinkTarget is null ? new FileInfo(f.Source).Length : 0));
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
