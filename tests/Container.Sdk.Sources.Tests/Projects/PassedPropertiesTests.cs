namespace Container.Sdk.Sources.Tests;

[TestClass]
public sealed class PassedPropertiesTests
{
    [TestMethod]
    public void What_matters_to_a_compiler_reaches_the_container_in_the_order_of_names() =>
        Expect.Sequence(Choose(("Version", "2.0.0"), ("DefineConstants", "A")).ForContainer.Select(p => $"{p.Key}={p.Value}"), "DefineConstants=A", "Version=2.0.0");

    [TestMethod]
    public void It_has_the_value_without_escapes_and_an_evaluation_with_them()
    {
        var chosen = Choose(("DefineConstants", "A%3BB%25"));
        Assert.AreEqual("A;B%", chosen.ForContainer.Single().Value);
        Assert.AreEqual("A%3BB%25", chosen.ForEvaluation["DefineConstants"]);
    }

    [TestMethod]
    public void Names_are_compared_without_case()
    {
        var chosen = Choose(("version", "2.0.0"), ("configuration", "Debug"));
        Expect.Sequence(chosen.ForContainer.Select(p => p.Key), "version");
        Assert.AreEqual(("2.0.0", "Debug"), (chosen.ForEvaluation["Version"], chosen.ForEvaluation["Configuration"]));
        Assert.IsEmpty(chosen.Dropped);
    }

    [TestMethod]
    [DataRow("Configuration")]
    [DataRow("TargetFramework")]
    public void What_is_an_argument_is_no_property_too_and_is_evaluated_with(string name)
    {
        var chosen = Choose((name, "x"));
        Assert.IsEmpty(chosen.ForContainer);
        Assert.IsEmpty(chosen.Dropped);
        Assert.AreEqual("x", chosen.ForEvaluation[name]);
    }

    [TestMethod]
    public void What_may_be_a_secret_or_a_path_stays_here_and_is_told() => Expect.Sequence(Choose(("MyPassword", "canary"), ("Answer", "42")).Dropped, "Answer", "MyPassword");

    [TestMethod]
    [DataRow("PublishDir")]
    [DataRow("NuGetInteractive")]
    [DataRow("_IsPublishing")]
    [DataRow("SolutionDir")]
    [DataRow("ContainerStrategy")]
    [DataRow("MSBuildRestoreSessionId")]
    public void What_is_of_this_build_stays_here_and_is_not_told(string name)
    {
        var chosen = Choose((name, "x"));
        Assert.IsEmpty(chosen.ForContainer);
        Assert.IsEmpty(chosen.ForEvaluation);
        Assert.IsEmpty(chosen.Dropped);
    }

    [TestMethod]
    public void The_image_s_registry_matters_where_library_images_are_restored()
    {
        Dictionary<string, string> given = new() { ["ContainerRegistry"] = "registry.example", ["ContainerRepositoryPrefix"] = "shop" };
        Assert.IsEmpty(PassedProperties.Choose(given, restoresLibraryImages: false).ForContainer);
        Expect.Sequence(PassedProperties.Choose(given, restoresLibraryImages: true).ForContainer.Select(p => p.Key), "ContainerRegistry", "ContainerRepositoryPrefix");
    }

    private static PassedProperties Choose(params (string Name, string Value)[] given) => PassedProperties.Choose(given.ToDictionary(g => g.Name, g => g.Value), restoresLibraryImages: false);
}
