using Container.Sdk.Processes;

namespace Container.Sdk.Engines.Tests.Building;

/// <summary>What Docker 26.1 and Buildah 1.28 said of builds that failed, as codes.</summary>
[TestClass]
public sealed class BuildOutputTests
{
    [TestMethod]
    [DataRow("fail", "CSDK9003", "/src/Dockerfile:4: the step 'RUN echo first &&     echo \"Program.cs(3,5): error CS0103")]
    [DataRow("notfound", "CSDK9003", "/src/Dockerfile:2: the step 'RUN nosuchprogram --x' failed: exit code: 127. It says:\n  /bin/sh: nosuchprogram: not found\n")]
    [DataRow("nobase", "CSDK9004", "/src/Dockerfile:1: ")]
    [DataRow("nostage", "CSDK9004", "/src/Dockerfile:2: ")]
    [DataRow("nospace", "CSDK9005", "docker has no room left to build /src/Dockerfile:2: dd: error writing '/t/x': No space left on device")]
    [DataRow("syntax", "CSDK9006", "/src/Dockerfile:2: docker does not understand the Dockerfile: dockerfile parse error on line 2: unknown instruction: RUNN")]
    [DataRow("syntax2", "CSDK9006", "/src/Dockerfile:2: ")]
    [DataRow("empty", "CSDK9006", "/src/Dockerfile: docker does not understand the Dockerfile: the Dockerfile cannot be empty")]
    [DataRow("noshell", "CSDK9007", "/src/Dockerfile:3: the step 'RUN echo x' needs a shell")]
    [DataRow("nosecret", "CSDK9011", "docker could not build /src/Dockerfile:2: secret nosuch: not found.")]
    [DataRow("missing", "CSDK9012", "/src/Dockerfile:2: the step 'COPY missing.txt .' copies what is not there: \"/missing.txt\": not found")]
    public void BuildKit_is_understood(string name, string code, string start)
    {
        var e = Read("docker", $"buildkit-{name}.txt", new BuildKitLog(new SilentReporter()));
        Assert.AreEqual(code, e.Diagnostic.Code, e.Message);
        Assert.StartsWith(start, e.Message);
    }

    [TestMethod]
    [DataRow("fail", "CSDK9003", "/src/Dockerfile: the step 'RUN echo first &&     echo \"Program.cs(3,5): error CS0103")]
    [DataRow("notfound", "CSDK9003", "/src/Dockerfile: the step 'RUN nosuchprogram --x' failed: exit status 127. It says:\n  /bin/sh: nosuchprogram: not found\n")]
    [DataRow("nobase", "CSDK9004", "/src/Dockerfile: ")]
    [DataRow("nostage", "CSDK9004", "/src/Dockerfile: ")]
    [DataRow("syntax", "CSDK9006", "/src/Dockerfile: buildah does not understand the Dockerfile: ")]
    [DataRow("syntax2", "CSDK9006", "/src/Dockerfile: ")]
    [DataRow("nospace", "CSDK9006", "/src/Dockerfile: ")]
    [DataRow("empty", "CSDK9006", "/src/Dockerfile: buildah does not understand the Dockerfile: no contents in")]
    [DataRow("noshell", "CSDK9007", "/src/Dockerfile: the step 'RUN echo x' needs a shell")]
    [DataRow("nosecret", "CSDK9011", "buildah could not build /src/Dockerfile: ")]
    [DataRow("missing", "CSDK9012", "/src/Dockerfile: the step 'COPY missing.txt .' copies what is not there: \"/missing.txt\": no such file or directory")]
    public void Buildah_is_understood(string name, string code, string start)
    {
        var e = Read("buildah", $"buildah-{name}.txt", new BuildahLog(new SilentReporter(), new DockerfileSteps("")));
        Assert.AreEqual(code, e.Diagnostic.Code, e.Message);
        Assert.StartsWith(start, e.Message);
    }

    [TestMethod]
    public void Of_a_step_that_says_very_much_its_first_errors_are_kept_and_its_last_lines()
    {
        var output = new StepOutput();
        output.Add("src/A.cs(1,1): error CS0001: first [a.csproj]");
        for (var i = 0; i < 100_000; i++) output.Add($"noise {i}");
        output.Add("src/A.cs(1,1): error CS0001: first [a.csproj]");
        output.Add("/root/b.csproj : error NU1101: Unable to find package");
        Expect.Sequence(output.Telling(20), "src/A.cs(1,1): error CS0001: first [a.csproj]", "/root/b.csproj : error NU1101: Unable to find package");
        Assert.IsLessThanOrEqualTo(200, output.Lines.Count());
    }

    [TestMethod]
    [DataRow("    0 Error(s)")]
    [DataRow("Compiling ErrorHandler.cs")]
    public void What_only_speaks_of_errors_is_none(string line)
    {
        var output = new StepOutput();
        output.Add(line);
        output.Add("the end");
        Expect.Sequence(output.Telling(1), "the end");
    }

    private static ContainerException Read(string engine, string file, IBuildLog log)
    {
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Building", "Outputs", file))) log.Add(TerminalText.Plain(line));
        var build = new EngineBuild { Dockerfile = "/src/Dockerfile", Context = "/src", Platform = SampleImage.Amd64 };
        return BuildErrors.Of(engine, build, log.Failure(new ProgramResult(1, "", "")));
    }
}
