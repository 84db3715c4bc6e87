
namespace Container.Sdk.Publishing.Tests;

[TestClass]
public sealed class BuildTimeTests
{
    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    public void Without_an_epoch_the_time_is_that_of_all_files(string? epoch) => Assert.AreEqual("1980-01-01T00:00:00Z", BuildTime.Of(epoch));

    [TestMethod]
    [DataRow("0", "1970-01-01T00:00:00Z")]
    [DataRow("1700000000", "2023-11-14T22:13:20Z")]
    [DataRow("253402300799", "9999-12-31T23:59:59Z")]
    public void The_epoch_counts_seconds(string epoch, string time) => Assert.AreEqual(time, BuildTime.Of(epoch));

    [TestMethod]
    [DataRow("-1")]
    [DataRow("1.5")]
    [DataRow(" 1")]
    [DataRow("1e9")]
    [DataRow("2023-11-14")]
    [DataRow("253402300800")]
    [DataRow("99999999999999999999")]
    public void What_is_no_number_of_seconds_is_refused(string epoch) => Expect.Failure(Diagnostics.InvalidNumber, () => BuildTime.Of(epoch));
}
