namespace Container.Sdk.Libraries.Tests.Packages;

/// <summary>Each of these was published with the .NET SDK, and is what came out.</summary>
[TestClass]
public sealed class LibraryContentsTests
{
    [TestMethod]
    [DataRow("net10.0", "net9.0", "net5.0", "netcoreapp3.1", "netstandard2.1", "netstandard2.0", "netstandard1.3", "net48", "net20")]
    [DataRow("NET9.0", "net50", "netcoreapp2.1")]
    [DataRow("netstandard1.3", "uap10.0", "portable-net45+win8", "net481", "any", "dotnet5.4")]
    [DataRow("net8.0", "net10.0-windows7.0")]
    [DataRow("net481", "net48", "net462", "net461", "net40-client")]
    [DataRow("net48", "net10.0-windows")]
    [DataRow("net10.0-windows", "net9.0-windows")]
    public void The_newest_framework_is_taken(params string[] newestFirst)
    {
        var contents = LibraryContents.Of(PackageBuilder.Of([.. newestFirst.Reverse().Select(f => $"lib/{f}/a.dll")]).Read());
        Assert.AreEqual(newestFirst[0], contents.Framework);
        Assert.AreEqual((newestFirst[0] is var f ? $"lib/{f}/a.dll" : "", "a.dll"), contents.Files.Single());
    }

    [TestMethod]
    public void Assemblies_are_taken_and_what_belongs_to_them_is_not() => Check(
        ["lib/net10.0/a.dll", "lib/net10.0/B.DLL", "lib/net10.0/tool.exe", "lib/net10.0/w.winmd", "lib/net10.0/a.xml", "lib/net10.0/a.pdb", "lib/net10.0/data.json", "lib/net10.0/sub/other.dll"],
        "B.DLL", "a.dll", "tool.exe", "w.winmd");

    [TestMethod]
    public void An_empty_newest_framework_hides_older_ones()
    {
        var contents = LibraryContents.Of(PackageBuilder.Of("lib/net10.0/_._", "lib/net8.0/a.dll").Read());
        Assert.AreEqual("net10.0", contents.Framework);
        Assert.IsEmpty(contents.Files);
    }

    [TestMethod]
    public void Assemblies_without_a_framework_are_taken_where_there_is_no_framework()
    {
        var contents = LibraryContents.Of(PackageBuilder.Of("lib/a.dll", "lib/readme.txt").Read());
        Assert.AreEqual("", contents.Framework);
        Assert.AreEqual(("lib/a.dll", "a.dll"), contents.Files.Single());
        Check(["lib/a.dll", "lib/netstandard2.0/b.dll"], "b.dll");
    }

    [TestMethod]
    public void A_package_of_analyzers_has_nothing_for_an_app()
    {
        var contents = LibraryContents.Of(PackageBuilder.Of("analyzers/dotnet/cs/a.dll", "build/a.targets", "tools/a.dll", "ref/net10.0/a.dll", "native/a.so").Read());
        Assert.AreEqual("", contents.Framework);
        Assert.IsEmpty(contents.Files);
    }

    [TestMethod]
    public void Satellites_lie_in_the_folder_of_their_culture() => Check(
        ["lib/net10.0/a.dll", .. ((string[])["de", "fil", "es-419", "zh-Hant-TW", "PT-br", "notaculture"]).Select(c => $"lib/net10.0/{c}/{c}.resources.dll"), "lib/net10.0/de/other.dll", "lib/net10.0/de/sub/x.resources.dll", "lib/net9.0/fr/a.resources.dll"],
        "a.dll", "de/de.resources.dll", "es-419/es-419.resources.dll", "fil/fil.resources.dll", "pt-BR/PT-br.resources.dll", "zh-Hant-TW/zh-Hant-TW.resources.dll");

    [TestMethod]
    public void The_framework_of_satellites_is_chosen_apart() =>
        Check(["lib/net10.0/a.dll", "lib/net9.0/fr/a.resources.dll", "lib/net8.0/it/a.resources.dll"], "a.dll", "fr/a.resources.dll");

    [TestMethod]
    [DataRow("lib/net10.0/de/readme.txt")]
    [DataRow("lib/net10.0/sub/other.dll")]
    public void What_lies_in_the_folder_of_a_culture_hides_satellites_of_older_frameworks(string file) =>
        Check(["lib/net10.0/a.dll", file, "lib/net9.0/fr/a.resources.dll"], "a.dll");

    [TestMethod]
    public void Native_files_for_a_framework_hide_those_for_any() =>
        Check(["runtimes/win/nativeassets/net8.0/a.dll", "runtimes/win/native/b.dll"], "runtimes/win/nativeassets/net8.0/a.dll");

    [TestMethod]
    public void Native_files_of_all_systems_are_taken_where_they_lie() => Check(
        ["runtimes/linux-x64/native/a.so", "runtimes/linux-x64/native/deep/er/n.txt", "runtimes/linux-x64/native/_._", "runtimes/any/native/b.so", "runtimes/linux-arm64/nativeassets/net8.0/c.so", "runtimes/win/nativeassets/any/d.dll", "Runtimes/Linux-X64/Native/e.so", "runtimes/linux-x64/f.so"],
        "Runtimes/Linux-X64/Native/e.so", "runtimes/any/native/b.so", "runtimes/linux-arm64/nativeassets/net8.0/c.so", "runtimes/linux-x64/native/a.so", "runtimes/linux-x64/native/deep/er/n.txt");

    [TestMethod]
    public void Assemblies_of_a_system_are_those_of_its_newest_framework() => Check(
        ["lib/netstandard2.0/a.dll", "runtimes/unix/lib/net8.0/a.dll", "runtimes/unix/lib/net6.0/a.dll", "runtimes/unix/lib/net8.0/data.json", "runtimes/unix/lib/net8.0/notaculture/b.dll", "runtimes/unix/lib/netstandard2.0/de/a.resources.dll", "runtimes/unix/lib/net48/a.dll", "runtimes/unix/lib/net9.0-windows/a.dll", "runtimes/win/lib/netstandard2.0/a.dll", "runtimes/osx/lib/any/a.dll"],
        "a.dll", "runtimes/unix/lib/net8.0/a.dll", "runtimes/unix/lib/netstandard2.0/de/a.resources.dll", "runtimes/win/lib/netstandard2.0/a.dll");

    [TestMethod]
    public void A_system_whose_newest_framework_has_no_assembly_has_none() => Check(["runtimes/unix/lib/net6.0/a.dll", "runtimes/unix/lib/net10.0/readme.txt"]);

    [TestMethod]
    public void Content_is_taken_where_the_nuspec_copies_it() => CheckContent(
        """<files include="any/net10.0/a.txt" copyToOutput="true" /><files include="any/net10.0/b.txt" buildAction="Content" />""",
        ["contentFiles/any/net10.0/a.txt", "contentFiles/any/net10.0/b.txt", "contentFiles/a.txt"], "a.txt");

    [TestMethod]
    public void Content_keeps_its_folders_unless_it_is_flattened() => CheckContent(
        """<files include="**" copyToOutput="TRUE" /><files include="**/flat/**" flatten="true" />""",
        ["contentFiles/any/any/keep/it/a.txt", "contentFiles/any/any/flat/it/b.txt"], "b.txt", "keep/it/a.txt");

    [TestMethod]
    public void A_later_rule_for_content_wins() => CheckContent(
        """<files include="**/*.txt" copyToOutput="true" /><files include="**/drop/**" copyToOutput="false" />""",
        ["contentFiles/cs/any/a.txt", "contentFiles/cs/any/drop/b.txt", "contentFiles/cs/any/c.dat"], "a.txt");

    [TestMethod]
    public void Content_for_CSharp_hides_content_for_any_language() => CheckContent(
        """<files include="**" copyToOutput="true" />""",
        ["contentFiles/cs/any/a.txt", "contentFiles/any/any/b.txt", "contentFiles/vb/any/c.txt", "contentFiles/fs/any/d.txt"], "a.txt");

    [TestMethod]
    public void No_content_for_CSharp_is_content_for_CSharp_too() => CheckContent(
        """<files include="**" copyToOutput="true" />""", ["contentFiles/cs/any/_._", "contentFiles/any/any/b.txt"]);

    [TestMethod]
    public void Content_for_a_framework_that_the_app_has_not_hides_nothing() => CheckContent(
        """<files include="**" copyToOutput="true" />""", ["lib/net10.0/_._", "contentFiles/cs/net48/a.txt", "contentFiles/any/any/b.txt"], "b.txt");

    [TestMethod]
    public void Content_is_that_of_the_newest_framework() => CheckContent(
        """<files include="any/**/*" copyToOutput="true" />""",
        ["contentFiles/any/net8.0/a.txt", "contentFiles/any/netstandard2.0/b.txt", "contentFiles/any/any/c.txt"], "a.txt");

    [TestMethod]
    public void Patterns_of_content_are_understood_as_NuGet_does() => CheckContent(
        """
        <files include="any/any/b" copyToOutput="true" /><files include="any\any\*.md" exclude="any/**" copyToOutput="true" />
        <files include="any/any/?.txt" copyToOutput="true" /><files include="any/any/c*d.*" copyToOutput="true" /><files include="**/e.*" exclude="**/e.x;**/e.y" copyToOutput="true" />
        """,
        ["contentFiles/any/any/a.txt", "contentFiles/any/any/b/b.txt", "contentFiles/any/any/m.md", "contentFiles/any/any/c12d.txt", "contentFiles/any/any/C.D", "contentFiles/any/any/x/e.x"],
        "c12d.txt", "x/e.x");

    [TestMethod]
    public void Content_that_is_made_for_each_app_is_left_out() => CheckContent(
        """<files include="**" copyToOutput="true" />""", ["contentFiles/any/any/a.cs.pp", "contentFiles/any/any/_._", "contentFiles/any/any/b.txt"], "b.txt");

    [TestMethod]
    public void Of_two_files_for_one_place_the_first_is_taken()
    {
        var package = new PackageBuilder().Nuspec("""<contentFiles><files include="**" copyToOutput="true" /></contentFiles>""").File("contentFiles/any/any/A.dll").File("lib/net10.0/a.dll").Read();
        Assert.AreEqual(("lib/net10.0/a.dll", "a.dll"), LibraryContents.Of(package).Files.Single());
    }

    [TestMethod]
    [Timeout(10_000)]
    public void A_pattern_that_is_made_to_take_forever_does_not()
    {
        var parts = string.Concat(Enumerable.Repeat("**/*a*a*a*a*a*a*a*a*b/", 40));
        var path = "contentFiles/any/any/" + string.Concat(Enumerable.Repeat("aaaaaaaaaaaaaaaaaaaaaa/", 40)) + "x";
        var package = new PackageBuilder().Nuspec($"""<contentFiles><files include="{parts}x" copyToOutput="true" /></contentFiles>""").File(path).Read();
        Assert.IsEmpty(LibraryContents.Of(package).Files);
    }

    private static void Check(string[] files, params string[] expected) =>
        CollectionAssert.AreEqual(expected, LibraryContents.Of(PackageBuilder.Of(files).Read()).Files.Select(f => f.AppPath).ToArray());

    private static void CheckContent(string rules, string[] files, params string[] expected)
    {
        var package = files.Aggregate(new PackageBuilder().Nuspec($"<contentFiles>{rules}</contentFiles>"), (b, f) => b.File(f)).Read();
        CollectionAssert.AreEqual(expected, LibraryContents.Of(package).Files.Select(f => f.AppPath).ToArray());
    }
}
