namespace Container.Sdk;

/// <summary>The one exception that the libraries throw for what a user can cause or cure.</summary>
public sealed class ContainerException : Exception
{
    /// <summary>An exception for <paramref name="diagnostic"/> with its finished text.</summary>
    public ContainerException(Diagnostic diagnostic, string message, Exception? inner = null) : base(message, inner) =>
        Diagnostic = diagnostic;

    /// <summary>The row of the table that this is.</summary>
    public Diagnostic Diagnostic { get; }
}
