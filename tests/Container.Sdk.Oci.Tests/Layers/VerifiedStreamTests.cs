namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class VerifiedStreamTests
{
    private static readonly byte[] Content = [1, 2, 3, 4, 5];

    private static Descriptor Right => new("x", Digest.Of(Content), Content.Length);

    [TestMethod]
    public void The_right_content_is_read()
    {
        using var copy = new MemoryStream();
        using var stream = new VerifiedStream(new MemoryStream(Content), Right, "a test");
        stream.CopyTo(copy);
        CollectionAssert.AreEqual(Content, copy.ToArray());
    }

    [TestMethod]
    public void A_flipped_bit_is_noticed() => Fails(Diagnostics.DigestMismatch, [1, 2, 3, 4, 4]);

    [TestMethod]
    public void A_missing_end_is_noticed() => Fails(Diagnostics.SizeMismatch, [1, 2, 3, 4]);

    [TestMethod]
    public void Nothing_at_all_is_noticed() => Fails(Diagnostics.SizeMismatch, []);

    [TestMethod]
    public void What_is_too_much_is_noticed() => Fails(Diagnostics.SizeMismatch, [1, 2, 3, 4, 5, 6]);

    [TestMethod]
    public void No_more_is_passed_on_than_was_promised()
    {
        using var stream = new VerifiedStream(new MemoryStream([1, 2, 3, 4, 5, 6]), Right, "a test");
        stream.ReadExactly(new byte[5]);
        Expect.Failure(Diagnostics.SizeMismatch, () => stream.ReadByte());
    }

    [TestMethod]
    public async Task Reading_everything_is_checked()
    {
        CollectionAssert.AreEqual(Content, await Open(Content).ReadAllAsync(100, CancellationToken.None));
        await Expect.FailureAsync(Diagnostics.DigestMismatch, () => Open([1, 2, 3, 4, 4]).ReadAllAsync(100, CancellationToken.None));
        await Expect.FailureAsync(Diagnostics.SizeMismatch, () => Open([1, 2, 3, 4]).ReadAllAsync(100, CancellationToken.None));
        await Expect.FailureAsync(Diagnostics.SizeMismatch, () => Open([1, 2, 3, 4, 5, 6]).ReadAllAsync(100, CancellationToken.None));
    }

    [TestMethod]
    public async Task A_document_has_a_limit() =>
        await Expect.FailureAsync(Diagnostics.TooLarge, () => Open(Content).ReadAllAsync(4, CancellationToken.None));

    [TestMethod]
    public async Task Empty_content_is_content()
    {
        using var stream = new VerifiedStream(new MemoryStream(), new Descriptor("x", Digest.Of([]), 0), "a test");
        Assert.IsEmpty(await stream.ReadAllAsync(0, CancellationToken.None));
    }

    [TestMethod]
    public async Task A_sha512_digest_is_checked_as_such()
    {
        var digest = Digest.Parse($"sha512:{Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData(Content))}");
        using var right = new VerifiedStream(new MemoryStream(Content), new Descriptor("x", digest, 5), "a test");
        CollectionAssert.AreEqual(Content, await right.ReadAllAsync(5, CancellationToken.None));
        using var wrong = new VerifiedStream(new MemoryStream([5, 4, 3, 2, 1]), new Descriptor("x", digest, 5), "a test");
        await Expect.FailureAsync(Diagnostics.DigestMismatch, () => wrong.ReadAllAsync(5, CancellationToken.None));
    }

    [TestMethod]
    public void Reading_on_after_the_end_changes_nothing()
    {
        using var stream = Open(Content);
        stream.CopyTo(Stream.Null);
        Assert.AreEqual(-1, stream.ReadByte());
        Assert.AreEqual(0, stream.Read([]));
    }

    private static VerifiedStream Open(byte[] content) => new(new MemoryStream(content), Right, "a test");

    private static void Fails(Diagnostic expected, byte[] content)
    {
        using var stream = Open(content);
        Expect.Failure(expected, () => stream.CopyTo(Stream.Null));
    }
}
