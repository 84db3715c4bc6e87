namespace Container.Sdk.Oci.Tests;

/// <summary>Expects a failure by the row of the table of diagnostics.</summary>
internal static class Expect
{
    public static ContainerException Failure(Diagnostic expected, Action action)
    {
        var error = Assert.ThrowsExactly<ContainerException>(action);
        Assert.AreEqual(expected.Code, error.Diagnostic.Code, error.Message);
        return error;
    }

    public static async Task<ContainerException> FailureAsync(Diagnostic expected, Func<Task> action)
    {
        var error = await Assert.ThrowsExactlyAsync<ContainerException>(action);
        Assert.AreEqual(expected.Code, error.Diagnostic.Code, error.Message);
        return error;
    }
}
