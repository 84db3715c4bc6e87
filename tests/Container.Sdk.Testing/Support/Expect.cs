namespace Container.Sdk.Testing;

/// <summary>What the tests expect, with messages that show the difference.</summary>
public static class Expect
{
    /// <summary>Fails where the texts are others, or in another order.</summary>
    public static void Sequence<T>(IEnumerable<T> actual, params T[] expected) =>
        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', actual));

    /// <summary>Fails unless the program succeeded without a warning.</summary>
    public static CommandResult SucceededQuietly(this CommandResult result)
    {
        result.Succeeded();
        Assert.DoesNotContain("warning ", result.Output, StringComparison.OrdinalIgnoreCase, result.Output);
        return result;
    }

    /// <summary>Something that must fail, with the code of a row of the table.</summary>
    public static ContainerException Failure(Diagnostic expected, Action action)
    {
        var error = Assert.ThrowsExactly<ContainerException>(action);
        Assert.AreEqual(expected.Code, error.Diagnostic.Code, error.Message);
        return error;
    }

    /// <summary>Something that must fail, with the code of a row of the table.</summary>
    public static async Task<ContainerException> FailureAsync(Diagnostic expected, Func<Task> action)
    {
        var error = await Assert.ThrowsExactlyAsync<ContainerException>(action);
        Assert.AreEqual(expected.Code, error.Diagnostic.Code, error.Message);
        return error;
    }
}
