using Container.Sdk.Oci;

namespace Container.Sdk.Registry.Tests;

internal static class Expect
{
    /// <summary>Runs something that must fail with a code.</summary>
    public static async Task<ContainerException> FailureAsync(Diagnostic diagnostic, Func<Task> action)
    {
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(action);
        Assert.AreEqual(diagnostic.Code, e.Diagnostic.Code, e.Message);
        return e;
    }

    /// <summary>Runs something that must fail with a code.</summary>
    public static ContainerException Failure(Diagnostic diagnostic, Action action)
    {
        var e = Assert.ThrowsExactly<ContainerException>(action);
        Assert.AreEqual(diagnostic.Code, e.Diagnostic.Code, e.Message);
        return e;
    }
}
