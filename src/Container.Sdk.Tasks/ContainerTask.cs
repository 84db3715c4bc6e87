using Container.Sdk.Publishing;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>What all tasks share: a failure becomes coded errors and a result file, and a cancelled build stops the work.</summary>
public abstract class ContainerTask : Microsoft.Build.Utilities.Task, ICancelableTask, IReporter, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private volatile bool _hasEnded;

    /// <summary>Name of the project, for the log.</summary>
    protected virtual string Project => "";

    /// <summary>Where a failure is written to; absolute, or empty.</summary>
    protected virtual string Results => "";

    /// <summary>What the projects of this build share.</summary>
    protected PublishSession Session
    {
        get
        {
            var objects = (IBuildEngine4)BuildEngine;
            var key = typeof(PublishSession).FullName!;
            if (objects.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is PublishSession session) return session;
            session = new PublishSession();
            objects.RegisterTaskObject(key, session, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
            return session;
        }
    }

    /// <summary>The use cases, for this build and this log.</summary>
    protected ContainerPublisher Publisher => new(Session, this);

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
        catch (RequestException e)
        {
            Fail([.. e.Mistakes]);
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions.OfType<ContainerException>().FirstOrDefault() is { } first)
        {
            Fail(first);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            Log.LogMessage(MessageImportance.High, $"{Project}: stopped; no tag was written.");
            return false;
        }
        finally
        {
            _hasEnded = true;
        }
        return !Log.HasLoggedErrors;
    }

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Detail(string text) => Tell(() => Log.LogMessage(MessageImportance.Low, "{0}", text));

    /// <inheritdoc/>
    public void Progress(string text) => Tell(() => Log.LogMessage(MessageImportance.High, "  {0}: {1}", Project, text));

    /// <inheritdoc/>
    public void Warn(Diagnostic diagnostic, params object?[] args) => Tell(() => Log.LogWarning(
        subcategory: null, diagnostic.Code, helpKeyword: null, diagnostic.HelpLink, file: BuildEngine.ProjectFileOfTaskNode, 0, 0, 0, 0, "{0}", diagnostic.Format(args)));

    /// <inheritdoc/>
    public void Relay(string line) => Tell(() => Log.LogMessageFromText(line, MessageImportance.High));

    /// <summary>A line that every logger shows: the terminal logger takes what follows <c>project -> </c>.</summary>
    protected void Announce(string text) => Log.LogMessage(MessageImportance.High, "{0}", text);

    /// <summary>The errors in the log, and the first in the result file.</summary>
    protected void Fail(params ReadOnlySpan<ContainerException> errors)
    {
        foreach (var e in errors)
        {
            for (Exception? inner = e.InnerException; inner is not null; inner = inner.InnerException) Detail(inner.ToString());
            Log.LogError(subcategory: null, e.Diagnostic.Code, helpKeyword: null, e.Diagnostic.HelpLink, file: BuildEngine.ProjectFileOfTaskNode, 0, 0, 0, 0, "{0}", e.Message);
        }
        if (Results.Length > 0) ResultDocument.SaveFailure(Project, errors[0], Results);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Dispose();
        GC.SuppressFinalize(this);
    }

    // What outlives the task, such as a connection that others use, still knows it; but MSBuild takes no messages of a task that has ended.
    private void Tell(Action tell)
    {
        if (!_hasEnded) tell();
    }
}
