namespace Container.Sdk.Engines;

/// <summary>Takes secrets out of what programs say.</summary>
internal sealed class SecretMask
{
    // What is shorter would tear words apart, and is no secret.
    private const int Shortest = 4;

    private readonly string[] _values;

    public SecretMask(IEnumerable<string> values) =>
        _values = [.. values.Where(v => v.Length >= Shortest).Distinct().OrderByDescending(v => v.Length)];

    /// <summary>All that is secret in a build.</summary>
    public static SecretMask Of(EngineBuild build) => new([.. build.Secrets.SelectMany(s => s.Hidden), .. build.Logins.Select(l => l.Secret)]);

    /// <summary>The text with <c>***</c> for each secret.</summary>
    public string Hide(string text) => _values.Aggregate(text, (hidden, value) => hidden.Replace(value, "***", StringComparison.Ordinal));
}
