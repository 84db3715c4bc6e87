using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>Raises a row of the table of diagnostics from a target: the text is written once, in the table.</summary>
public sealed class ReportDiagnostic : ContainerTask
{
    /// <summary>The code.</summary>
    [Required]
    public string Code { get; set; } = "";

#pragma warning disable CA1819 // MSBuild gives items as arrays.
    /// <summary>What the message speaks of, in its order.</summary>
    public string[] Arguments { get; set; } = [];
#pragma warning restore CA1819

    /// <summary>Whether the build goes on.</summary>
    public bool IsWarning { get; set; }

    /// <summary>Name of the project, for the result file.</summary>
    public string ProjectName { get; set; } = "";

    /// <summary>Where a failure is written to.</summary>
    public string ResultFile { get; set; } = "";

    /// <inheritdoc/>
    protected override string Project => ProjectName;

    /// <inheritdoc/>
    protected override string Results => ResultFile;

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var diagnostic = Diagnostics.All.Single(d => d.Code == Code);
        if (IsWarning) Warn(diagnostic, Arguments);
        else Fail(diagnostic.Error(Arguments));
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
