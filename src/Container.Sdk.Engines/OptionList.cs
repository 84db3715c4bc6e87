namespace Container.Sdk.Engines;

/// <summary>The value of an option that is a list, <c>type=bind,source=/a,target=/b</c>: one record of CSV.</summary>
internal static class OptionList
{
    /// <summary>The list; whatever a value holds, it stays one value.</summary>
    public static string Of(params IEnumerable<string> fields) => string.Join(',', fields.Select(Quote));

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
