namespace Container.Sdk;

/// <summary>What the libraries tell a person while they work. Implemented by the MSBuild tasks and by tests.</summary>
public interface IReporter
{
    /// <summary>A line for those who look closely.</summary>
    void Detail(string text);

    /// <summary>A line about long work: what is being done, and how far it is.</summary>
    void Progress(string text);

    /// <summary>Something that the user should know, and that does not stop the work.</summary>
    void Warn(Diagnostic diagnostic, params object?[] args);

    /// <summary>A warning of another tool, such as a compiler: <c>file(line,column): warning CODE: text</c>.</summary>
    void Relay(string line) => Progress(line);
}

/// <summary>Tells nobody anything.</summary>
public sealed class SilentReporter : IReporter
{
    /// <inheritdoc/>
    public void Detail(string text) { }

    /// <inheritdoc/>
    public void Progress(string text) { }

    /// <inheritdoc/>
    public void Warn(Diagnostic diagnostic, params object?[] args) { }
}
