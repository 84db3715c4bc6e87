using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Container.Sdk.Tasks;

/// <summary>
/// What all tasks share: a failure becomes one coded error and a result file, and a cancelled build stops the work.
/// </summary>
public abstract class ContainerTask : Task, ICancelableTask, IReporter, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>Where <see cref="FailureReport"/> goes; absolute.</summary>
    public string ResultFile { get; set; } = "";

    /// <summary>Name of the project, for the log.</summary>
    public string ProjectName { get; set; } = "";

    /// <summary>The work itself.</summary>
    protected abstract System.Threading.Tasks.Task RunAsync(CancellationToken cancellation);

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            RunAsync(_cancellation.Token).GetAwaiter().GetResult();
        }
        catch (ContainerException e)
        {
            Fail(e);
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions.OfType<ContainerException>().FirstOrDefault() is { } first)
        {
            Fail(first);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            Log.LogMessage(MessageImportance.High, $"{ProjectName}: stopped; no tag was written.");
            return false;
        }
        return !Log.HasLoggedErrors;
    }

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Detail(string text) => Log.LogMessage(MessageImportance.Low, "{0}", text);

    /// <inheritdoc/>
    public void Progress(string text) => Log.LogMessage(MessageImportance.High, "  {0}: {1}", ProjectName, text);

    /// <inheritdoc/>
    public void Warn(Diagnostic diagnostic, params object?[] args) => Log.LogWarning(
        subcategory: null, diagnostic.Code, helpKeyword: null, diagnostic.HelpLink, file: BuildEngine.ProjectFileOfTaskNode, 0, 0, 0, 0, "{0}", diagnostic.Format(args));

    /// <summary>The error in the log, and the failure in the result file.</summary>
    protected void Fail(ContainerException e)
    {
        for (Exception? inner = e.InnerException; inner is not null; inner = inner.InnerException) Detail(inner.ToString());
        Log.LogError(subcategory: null, e.Diagnostic.Code, helpKeyword: null, e.Diagnostic.HelpLink, file: BuildEngine.ProjectFileOfTaskNode, 0, 0, 0, 0, "{0}", e.Message);
        if (ResultFile.Length > 0) FailureReport.Write(ResultFile, ProjectName, e);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Dispose();
        GC.SuppressFinalize(this);
    }
}
