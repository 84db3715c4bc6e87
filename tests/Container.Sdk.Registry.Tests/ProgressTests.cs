namespace Container.Sdk.Registry.Tests;

[TestClass]
public sealed class ProgressTests
{
    private readonly Surroundings _surroundings = new();
    private readonly FakeClock _clock = new();

    private TransferProgress Progress(long size) => new("layer 0123456789ab", size, _surroundings, _clock);

    [TestMethod]
    public void A_short_transfer_says_nothing()
    {
        var progress = Progress(1000);
        progress.Add(500);
        _clock.Now += TimeSpan.FromSeconds(2.9);
        progress.Add(500);

        Assert.IsEmpty(_surroundings.Lines);
    }

    [TestMethod]
    public void A_long_transfer_says_how_far_it_is_now_and_then()
    {
        var progress = Progress(45_600_000);
        for (var i = 0; i < 10; i++)
        {
            _clock.Now += TimeSpan.FromSeconds(1);
            progress.Add(4_100_000);
        }

        CollectionAssert.AreEqual(
            (string[])
            [
                "sending layer 0123456789ab: 12.3 of 45.6 MB (26 %)",
                "sending layer 0123456789ab: 24.6 of 45.6 MB (53 %)",
                "sending layer 0123456789ab: 36.9 of 45.6 MB (80 %)",
            ],
            _surroundings.Lines.ToArray());
    }

    [TestMethod]
    public void What_was_sent_in_vain_is_taken_back()
    {
        var progress = Progress(10_000_000);
        progress.Add(9_000_000);
        _clock.Now += TimeSpan.FromSeconds(4);
        progress.Add(-9_000_000);
        progress.Add(1_000_000);

        Assert.AreEqual("sending layer 0123456789ab: 1.0 of 10.0 MB (10 %)", _surroundings.Lines.Single());
    }
}
