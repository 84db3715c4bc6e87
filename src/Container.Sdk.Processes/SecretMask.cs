namespace Container.Sdk.Processes;

/// <summary>Takes secrets out of what programs say.</summary>
public sealed class SecretMask
{
    // What is shorter would tear words apart, and is no secret.
    private const int Shortest = 4;

    private readonly string[] _values;

    /// <summary>A mask for some secrets.</summary>
    /// <param name="values">The secrets; those of fewer than four characters are left as they are.</param>
    public SecretMask(IEnumerable<string> values) =>
        _values = [.. values.Where(v => v.Length >= Shortest).Distinct().OrderByDescending(v => v.Length)];

    /// <summary>The text with <c>***</c> for each secret.</summary>
    public string Hide(string text) => _values.Aggregate(text, (hidden, value) => hidden.Replace(value, "***", StringComparison.Ordinal));
}
