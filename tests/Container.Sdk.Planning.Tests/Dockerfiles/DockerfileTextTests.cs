namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class DockerfileTextTests
{
    [TestMethod]
    [DataRow("plain", "\"plain\"")]
    [DataRow("", "\"\"")]
    [DataRow("a $HOME ${X}", "\"a \\$HOME \\${X}\"")]
    [DataRow("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [DataRow("C:\\dir\\", "\"C:\\\\dir\\\\\"")]
    [DataRow("`date` # 'no' comment", "\"`date` # 'no' comment\"")]
    public void A_value_in_quotes_is_that_value(string value, string text) => Assert.AreEqual(text, DockerfileText.Quoted(value, "X"));

    [TestMethod]
    [DataRow("two\nlines")]
    [DataRow("two\r\nlines")]
    [DataRow("a\0b")]
    public void A_value_with_a_line_break_is_refused(string value)
    {
        var error = Assert.ThrowsExactly<ContainerException>(() => DockerfileText.Quoted(value, "ContainerLabel 'x'"));
        Assert.AreEqual(Diagnostics.NotInDockerfile, error.Diagnostic);
        Assert.DoesNotContain('\n', error.Message);
    }

    [TestMethod]
    [DataRow("/app", "/app")]
    [DataRow("/my app", "/my app")]
    [DataRow("/$x\\y", "/\\$x\\\\y")]
    public void A_path_that_ends_its_line_is_that_path(string value, string text) => Assert.AreEqual(text, DockerfileText.Line(value, "X"));

    [TestMethod]
    [DataRow(" /app")]
    [DataRow("/app ")]
    [DataRow("/a\"b")]
    [DataRow("/a'b")]
    [DataRow("/a\nRUN evil")]
    public void A_path_that_would_be_read_as_another_is_refused(string value) =>
        Assert.AreEqual(Diagnostics.NotInDockerfile, Assert.ThrowsExactly<ContainerException>(() => DockerfileText.Line(value, "X")).Diagnostic);

    [TestMethod]
    public void A_command_is_a_list_that_no_shell_reads() =>
        Assert.AreEqual("""["dotnet", "/app/a b.dll", "--x=\"$HOME\"", "l1\nl2", "ü`#'<&"]""", DockerfileText.Exec(["dotnet", "/app/a b.dll", "--x=\"$HOME\"", "l1\nl2", "ü`#'<&"]));

    [TestMethod]
    public void Paths_in_a_list_are_not_expanded() => Assert.AreEqual("""["/a\\$b", "/c d"]""", DockerfileText.Paths(["/a$b", "/c d"], "X"));

    [TestMethod]
    [DataRow("/it's")]
    [DataRow("/a\"b")]
    public void A_path_in_a_list_whose_quotes_would_be_read_is_refused(string value) =>
        Assert.AreEqual(Diagnostics.NotInDockerfile, Assert.ThrowsExactly<ContainerException>(() => DockerfileText.Paths([value], "X")).Diagnostic);

    [TestMethod]
    public void A_comment_stays_a_comment_whatever_it_says() => Assert.AreEqual("# a RUN evil\n", new DockerfileWriter().Comment("a\nRUN evil").ToString());
}
