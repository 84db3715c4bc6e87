namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class PackingBudgetTests
{
    private const long GiB = 1L << 30;

    [TestMethod]
    [DataRow(0, 16 * GiB, 1)]
    [DataRow(1, 16 * GiB, 1)]
    [DataRow(2, 16 * GiB, 2)]
    [DataRow(16, 16 * GiB, 16)]
    public void As_many_layers_are_packed_at_once_as_there_are_cores(int cores, long memory, int layers) => Packs(cores, memory, layers);

    [TestMethod]
    [DataRow(64, 16 * GiB, 32)]
    [DataRow(8, 2 * GiB, 4)]
    [DataRow(8, GiB / 4, 1)]
    public void Fewer_are_packed_at_once_where_their_buffers_would_take_more_than_a_sixteenth_of_the_memory(int cores, long memory, int layers) => Packs(cores, memory, layers);

    private static void Packs(int cores, long memory, int layers)
    {
        using var budget = new PackingBudget(cores, memory);
        Assert.AreEqual(layers, budget.Parallelism);
    }
}
