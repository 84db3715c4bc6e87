namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class EntryOrderTests
{
    // Docker walks a folder by sorted names, and goes into each directory at once.
    [TestMethod]
    public void The_content_of_a_directory_comes_right_behind_it()
    {
        string[] expected = ["a", "a/b", "a/b/c", "a/z", "a b", "a-b", "a.txt", "ab", "b"];
        Assert.AreEqual(string.Join('|', expected), string.Join('|', expected.Reverse().Order(EntryOrder.Instance)));
    }

    [TestMethod]
    public void Names_are_compared_by_their_utf8_bytes()
    {
        // In UTF-16, U+1F600 comes before U+FF5E.
        string[] expected = ["A", "Z", "_", "a", "z", "~", "é", "ａ", "～", "😀"];
        Assert.AreEqual(string.Join('|', expected), string.Join('|', expected.Reverse().Order(EntryOrder.Instance)));
    }

    [TestMethod]
    public void The_order_is_that_of_a_walk_for_any_names()
    {
        var random = new Random(1);
        string[] parts = ["a", "b", "ab", "a.txt", "a b", "a-", "é", "0", "A"];
        for (var round = 0; round < 200; round++)
        {
            var paths = Enumerable.Range(0, 20).Select(_ => string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => parts[random.Next(parts.Length)]))).Distinct().ToList();
            var walked = paths.OrderBy(p => p, Comparer<string>.Create(ByParts)).ToList();
            CollectionAssert.AreEqual(walked, paths.Order(EntryOrder.Instance).ToList());
        }
    }

    private static int ByParts(string x, string y)
    {
        var (a, b) = (x.Split('/'), y.Split('/'));
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
            if (string.CompareOrdinal(a[i], b[i]) is not 0 and var order) return order;
        return a.Length - b.Length;
    }
}
