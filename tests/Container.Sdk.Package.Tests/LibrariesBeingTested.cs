namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class LibrariesBeingTested
{
    [TestMethod]
    public void Dotnet_test_runs_tests_of_code_that_uses_a_library()
    {
        using var sandbox = new Sandbox().WithSource().Has("Acme.A 1.0.0").Has("Acme.A 1.1.0")
            .Write("global.json", """{"test": {"runner": "Microsoft.Testing.Platform"}}""")
            .Library("Domain", $"<ItemGroup>{LibraryWorld.Reference("Acme.A 1.*")}</ItemGroup>")
            .Write("Domain/DomainClass.cs", "namespace Domain; public static class Thing { public static string Name => Acme.A.Thing.Says(); }")
            .Uses("Checks", [], $"""
                <PropertyGroup><EnableMSTestRunner>true</EnableMSTestRunner><IsTestProject>true</IsTestProject></PropertyGroup>
                <ItemGroup>
                  <PackageReference Include="MSTest.TestAdapter" Version="4.5.2" />
                  <PackageReference Include="MSTest.TestFramework" Version="4.5.2" />
                  <ProjectReference Include="../Domain/Domain.csproj" />
                </ItemGroup>
                """)
            .Write("Checks/Program.cs", """
                using Microsoft.VisualStudio.TestTools.UnitTesting;

                [TestClass]
                public class ChecksOfDomain
                {
                    [TestMethod]
                    public void The_newest_is_used() => Assert.AreEqual("Acme.A 1.1.0", Domain.Thing.Name);
                }
                """);
        StringAssert.Contains(sandbox.Dotnet("Checks", "test", "-c", "Release").Succeeded().Output, "succeeded: 1");
    }
}
