namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class ShellWordTests
{
    [TestMethod]
    [DataRow("src/Shop.Api/Dockerfile", "src/Shop.Api/Dockerfile")]
    [DataRow("", "''")]
    [DataRow("a b", "'a b'")]
    [DataRow("$HOME `id`", "'$HOME `id`'")]
    [DataRow("it's", @"'it'\''s'")]
    public void A_word_is_quoted_where_the_shell_would_read_it_otherwise(string text, string word) => Assert.AreEqual(word, ShellWord.Quote(text));

    [TestMethod]
    [DataRow("")]
    [DataRow("a  b\t\"$HOME\" \\ `id` it's; rm * ?")]
    [DataRow("line\nbreak")]
    [DataRow("ünïcode-=:,%@")]
    public void The_shell_gives_the_same_text_back(string text)
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("There is no sh.");
        Assert.AreEqual($"[{text}]", Command.Run("sh", ["-c", $"printf '[%s]' {ShellWord.Quote(text)}"]).Output);
    }
}
