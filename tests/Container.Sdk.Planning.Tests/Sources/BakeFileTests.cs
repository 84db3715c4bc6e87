namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class BakeFileTests
{
    private static readonly BakeTarget Api = new("api", ".", "src/Api/Dockerfile", "linux/amd64", ["r.example/api:1"]) { Secrets = ["id=nuget-api,src=src/Api/NuGet.config"] };

    private static readonly BakeTarget Worker = new("worker", ".", "src/Worker/Dockerfile", "linux/amd64", ["r.example/worker:1"]);

    [TestMethod]
    public void The_order_of_the_projects_does_not_matter() => Assert.AreEqual(Write(Api, Worker), Write(Worker, Api));

    [TestMethod]
    public void A_project_that_writes_again_takes_its_own_place()
    {
        var text = Write(Api, Worker, Api with { Tags = ["r.example/api:2"] });
        StringAssert.Contains(text, "r.example/api:2");
        Assert.DoesNotContain("r.example/api:1", text);
        StringAssert.Contains(text, "r.example/worker:1");
    }

    [TestMethod]
    public void A_target_whose_Dockerfile_is_gone_goes() =>
        Assert.DoesNotContain("worker", BakeFile.With(Write(Api, Worker), Api, path => path != "./src/Worker/Dockerfile"));

    [TestMethod]
    public void What_is_no_such_file_is_written_anew() => Assert.AreEqual(Write(Api), BakeFile.With("{ broken", Api, _ => true));

    private static string Write(params BakeTarget[] targets) => targets.Aggregate("", (text, target) => BakeFile.With(text, target, _ => true));
}
