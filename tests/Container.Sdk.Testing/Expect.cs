namespace Container.Sdk.Testing;

/// <summary>What the tests expect, with messages that show the difference.</summary>
public static class Expect
{
    /// <summary>Fails where the texts are others, or in another order.</summary>
    public static void Sequence(IEnumerable<string> actual, params string[] expected) =>
        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', actual));

    /// <summary>Fails unless the program succeeded without a warning.</summary>
    public static CommandResult SucceededQuietly(this CommandResult result)
    {
        result.Succeeded();
        Assert.DoesNotContain("warning ", result.Output, StringComparison.OrdinalIgnoreCase, result.Output);
        return result;
    }
}
