using FsCheck;
using FsCheck.Fluent;

namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class AutoChoiceTests
{
    [TestMethod]
    public void Without_libraries_nothing_is_simpler_than_layers() => Assert.AreEqual("Layered", AutoChoice.Of(new ProjectFacts()).Strategy.Name);

    [TestMethod]
    public void Libraries_that_are_projects_are_layers() => Assert.AreEqual("Layered", AutoChoice.Of(new ProjectFacts { Projects = ["Shop.Catalog"] }).Strategy.Name);

    [TestMethod]
    public void Libraries_that_are_images_are_copied_from_there() =>
        Assert.AreEqual("CopyFromImage", AutoChoice.Of(new ProjectFacts { LibraryImages = ["Acme.Pricing"], Projects = ["Shop.Catalog"] }).Strategy.Name);

    [TestMethod]
    public void A_private_feed_is_read_by_restore_and_needs_no_container() =>
        Assert.AreEqual("Layered", AutoChoice.Of(new ProjectFacts { PrivateFeeds = ["acme"] }).Strategy.Name);

    [TestMethod]
    public void Native_code_is_compiled_in_a_container() =>
        Assert.AreEqual("MultiStage", AutoChoice.Of(new ProjectFacts { IsNative = true, LibraryImages = ["Acme.Pricing"] }).Strategy.Name);

    [TestMethod]
    public void The_reason_names_the_libraries_and_counts_what_is_too_much() => Assert.AreEqual(
        "its libraries (A, B, C and 2 more) are projects, each with a layer of its own, and nothing else is needed",
        AutoChoice.Of(new ProjectFacts { Projects = ["E", "D", "C", "B", "A"] }).Reason);

    [TestMethod]
    public void Several_libraries_have_no_base_in_common() => Assert.AreEqual(
        "A, B are several, and an image has one base (ContainerBundleLibraries=true makes one of all)",
        AutoChoice.Of(new ProjectFacts { TopmostLibraries = ["B", "A"] }).Verdicts.Single(v => v.Strategy.Name == "BaseImage").Why);

    [TestMethod]
    public void A_project_outside_of_the_repository_is_in_no_context() => Assert.IsFalse(
        AutoChoice.Of(new ProjectFacts { ProjectsElsewhere = ["A"] }).Verdicts.Single(v => v.Strategy.Name == "BuildFromSource").Fits);

    [TestMethod]
    public void CopyFromImage_has_a_plus_in_all_qualities() => Assert.IsTrue(StrategyTable.Find("copyfromimage")!.Marks.Split(' ').All(m => m == "+"));

    [TestMethod]
    public void Every_project_has_a_choice_that_fits_it_and_that_Auto_may_take() => Prop.ForAll(Facts().ToArbitrary(), facts =>
    {
        var choice = AutoChoice.Of(facts);
        return choice.Strategy.IsForAuto && choice.Reason.Length > 0
            && (choice.Verdicts.Single(v => v.Strategy == choice.Strategy).Fits || facts.ProjectsElsewhere.Count > 0)
            && choice.Verdicts.Select(v => v.Strategy).SequenceEqual(StrategyTable.All);
    }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void The_same_facts_give_the_same_choice_in_whatever_order_they_come() => Prop.ForAll(Facts().ToArbitrary(), facts =>
    {
        var turned = new ProjectFacts
        {
            Projects = [.. facts.Projects.Reverse()],
            ProjectsElsewhere = [.. facts.ProjectsElsewhere.Reverse()],
            LibraryImages = [.. facts.LibraryImages.Reverse()],
            TopmostLibraries = [.. facts.TopmostLibraries.Reverse()],
            PrivateFeeds = [.. facts.PrivateFeeds.Reverse()],
            IsNative = facts.IsNative,
        };
        return Text(AutoChoice.Of(facts)) == Text(AutoChoice.Of(turned));
    }).QuickCheckThrowOnFailure();

    private static string Text(AutoChoice choice) => $"{choice.Strategy} {choice.Reason} {string.Join('|', choice.Verdicts)}";

    private static Gen<ProjectFacts> Facts() =>
        from projects in Names()
        from elsewhere in Names()
        from images in Names()
        from feeds in Names()
        from native in Gen.Elements(true, false)
        select new ProjectFacts { Projects = [.. projects], ProjectsElsewhere = [.. elsewhere], LibraryImages = [.. images], TopmostLibraries = [.. projects, .. images], PrivateFeeds = [.. feeds], IsNative = native };

    private static Gen<IEnumerable<string>> Names() => Gen.Elements("Acme.A", "acme.a", "Acme.Ä", "Shop.Catalog", "z").ListOf().Select(l => (IEnumerable<string>)l);
}
