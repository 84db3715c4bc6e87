namespace Container.Sdk.Oci.Tests.Archives;

/// <summary>Compares sequences, and shows both.</summary>
internal static class Sequence
{
    public static void Is<T>(IEnumerable<T> actual, params T[] expected) =>
        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', actual));
}
