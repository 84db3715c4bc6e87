namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class PackingBudgetTests
{
    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(1, 1)]
    [DataRow(3, 3)]
    [DataRow(4, 4)]
    [DataRow(64, 4)]
    public void As_many_layers_are_packed_at_once_as_there_are_cores_up_to_four(int cores, int layers)
    {
        using var budget = new PackingBudget(cores);
        Assert.AreEqual(layers, budget.Parallelism);
    }
}
