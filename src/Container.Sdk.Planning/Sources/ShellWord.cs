namespace Container.Sdk.Planning;

/// <summary>Words of a command line for <c>sh</c>.</summary>
public static class ShellWord
{
    /// <summary>A text as one word that the shell takes as it is: between single quotes, where it holds anything but letters, digits and <c>/ . - _ +</c>.</summary>
    public static string Quote(string text) => text.Length > 0 && text.All(IsPlain) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char c) => char.IsLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+';
}
