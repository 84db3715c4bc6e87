namespace Container.Sdk.Engines.Tests;

[TestClass]
public sealed class OptionListTests
{
    [TestMethod]
    [DataRow("/a b", "type=bind,source=/a b")]
    [DataRow("/a,b", "type=bind,\"source=/a,b\"")]
    [DataRow("/a\"b", "type=bind,\"source=/a\"\"b\"")]
    public void A_value_stays_one_value_whatever_it_holds(string source, string list) => Assert.AreEqual(list, OptionList.Of("type=bind", $"source={source}"));
}
