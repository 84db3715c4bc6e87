namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class ProjectsThatAskForTooMuch
{
    [TestMethod]
    public void Several_platforms_at_once_are_refused_with_what_to_do()
    {
        using var sandbox = new Sandbox().Console("app", "<PropertyGroup><ContainerRuntimeIdentifiers>linux-x64;linux-arm64</ContainerRuntimeIdentifiers></PropertyGroup>");
        sandbox.Publish("app").RefusedWith("CSDK1022");
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }

    [TestMethod]
    public void One_platform_in_the_list_is_the_platform()
    {
        using var sandbox = new Sandbox().Console("app", "<PropertyGroup><ContainerRuntimeIdentifiers>linux-x64</ContainerRuntimeIdentifiers></PropertyGroup>");
        sandbox.Publish("app").Succeeded();
        Assert.AreEqual("linux/amd64", (string)sandbox.Result("app")["platform"]!);
    }

    [TestMethod]
    public void The_old_name_of_the_repository_is_read_and_warned_of()
    {
        using var sandbox = new Sandbox().Console("app", "<PropertyGroup><ContainerImageName>shop/old</ContainerImageName></PropertyGroup>");
        StringAssert.Contains(sandbox.Publish("app").Succeeded().Output, "warning CSDK1023");
        Assert.AreEqual("shop/old", (string)sandbox.Result("app")["repository"]!);
    }

    [TestMethod]
    public void A_referenced_project_without_the_SDK_is_named()
    {
        using var sandbox = new Sandbox()
            .Write("plain/plain.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>")
            .Write("plain/c.cs", "public class Plain;")
            .Library("stable")
            .Console("app", "<ItemGroup><ProjectReference Include=\"../plain/plain.csproj;../stable/stable.csproj\" /></ItemGroup>");
        var output = sandbox.Publish("app").Succeeded().Output;
        StringAssert.Contains(output, "warning CSDK6009: plain does not import");
    }
}
