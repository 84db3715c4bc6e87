namespace Container.Sdk.Registry.Tests;

[TestClass]
public sealed class ChallengeTests
{
    private static string Show(string header) =>
        string.Join(" | ", Challenge.Parse(header).Select(c => $"{c.Scheme} {string.Join(' ', c.Parameters.Select(p => $"{p.Key}={p.Value}"))}".TrimEnd()));

    [TestMethod]
    [DataRow("Basic", "basic")]
    [DataRow("Basic realm=\"a b, c\"", "basic realm=a b, c")]
    [DataRow("Bearer realm=\"https://a/t\",service=\"s\",scope=\"repository:x:pull,push\"", "bearer realm=https://a/t service=s scope=repository:x:pull,push")]
    [DataRow("Bearer realm=https://a/t,service=s", "bearer realm=https://a/t service=s")]
    [DataRow("BEARER Realm = \"https://a/t\" , SERVICE = s", "bearer Realm=https://a/t SERVICE=s")]
    [DataRow("Basic realm=\"x\", Bearer realm=\"y\", service=\"z\", Negotiate", "basic realm=x | bearer realm=y service=z | negotiate")]
    [DataRow("Basic realm=\"say \\\"hi\\\"\"", "basic realm=say \"hi\"")]
    [DataRow("Bearer realm=\"unfinished", "bearer realm=unfinished")]
    [DataRow("Bearer realm=", "bearer realm=")]
    [DataRow("", "")]
    [DataRow(",,= \"", "")]
    public void Challenges_are_read_as_registries_write_them(string header, string expected) => Assert.AreEqual(expected, Show(header));

    [TestMethod]
    public void Names_of_parameters_have_no_case() => Assert.AreEqual("x", Challenge.Parse("Bearer REALM=x")[0]["realm"]);
}
