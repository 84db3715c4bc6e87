using System.Text;
using System.Text.RegularExpressions;

namespace Container.Sdk.Processes;

/// <summary>What a program wrote for a terminal, as text for a log.</summary>
public static partial class TerminalText
{
    /// <summary>The line without colours, and without whatever else would move a cursor or start a command of a CI system.</summary>
    public static string Plain(string line)
    {
        // A progress bar writes its line again and again; the last state is the one that counts.
        var last = line.TrimEnd('\r');
        last = last[(last.LastIndexOf('\r') + 1)..];
        var text = new StringBuilder(Sequence().Replace(last, ""));
        for (var i = 0; i < text.Length; i++)
            if (char.IsControl(text[i])) text[i] = ' ';
        return text.ToString().TrimEnd();
    }

    [GeneratedRegex(@"\u001b(\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(\u0007|\u001b\\)?|[@-Z\\-_])")]
    private static partial Regex Sequence();
}
