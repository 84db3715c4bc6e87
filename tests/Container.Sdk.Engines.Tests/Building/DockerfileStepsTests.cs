namespace Container.Sdk.Engines.Tests.Building;

[TestClass]
public sealed class DockerfileStepsTests
{
    private const string Text = """
        # a comment
        ARG VERSION=1

        FROM base:$VERSION AS build
        RUN one \
            # inside
            && two
        copy a b
        FROM scratch
        COPY --from=build a b
        """;

    [TestMethod]
    [DataRow(1, 1, "FROM base:1 AS build", 4)]
    [DataRow(1, 2, "RUN one     && two", 5)]
    [DataRow(1, 3, "COPY a b", 8)]
    [DataRow(2, 2, "COPY --from=build a b", 10)]
    public void The_line_of_a_step_is_found_by_its_number(int stage, int step, string instruction, int line) =>
        Assert.AreEqual(line, new DockerfileSteps(Text).LineOf(stage, step, instruction));

    [TestMethod]
    [DataRow(1, 2, "COPY a b")]
    [DataRow(1, 9, "COPY a b")]
    [DataRow(3, 1, "FROM x")]
    public void Where_the_numbers_lead_elsewhere_no_line_is_named(int stage, int step, string instruction) =>
        Assert.IsNull(new DockerfileSteps(Text).LineOf(stage, step, instruction));

    [TestMethod]
    [DataRow("COPY --link a b", "COPY a b")]
    [DataRow("  add --chown=1:2 --link=true --chmod=755 a b", "  add --chown=1:2 --chmod=755 a b")]
    [DataRow("COPY --from=x \\\n  --link a b", "COPY --from=x \\\n  a b")]
    [DataRow("RUN tool --link a", "RUN tool --link a")]
    [DataRow("COPY a --link", "COPY a --link")]
    [DataRow("COPY --linked a", "COPY --linked a")]
    public void Link_is_taken_out_of_copies_and_of_nothing_else(string line, string without)
    {
        var all = $"FROM x\n{line}\nRUN y\n";
        var result = DockerfileSteps.WithoutLink(all);
        Assert.AreEqual($"FROM x\n{without}\nRUN y\n", result);
        Assert.AreEqual(all.Count(c => c == '\n'), result.Count(c => c == '\n'));
    }
}
