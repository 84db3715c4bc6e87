namespace Container.Sdk.Libraries;

/// <summary>What git leaves in a file that it cannot merge.</summary>
internal static class ConflictMarks
{
    /// <summary>The number of the first line that is such a mark; <c>null</c> where there is none. No line of JSON begins so.</summary>
    public static int? FirstLine(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var range in text.Split((byte)'\n'))
        {
            number++;
            var line = text[range];
            if (line.StartsWith("<<<<<<<"u8) || line.StartsWith("======="u8) || line.StartsWith(">>>>>>>"u8) || line.StartsWith("|||||||"u8)) return number;
        }
        return null;
    }
}
