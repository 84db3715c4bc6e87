using System.Globalization;
using System.Text.RegularExpressions;

namespace Container.Sdk.Oci.Tests;

/// <summary>The table of diagnostics and its pages in <c>docs/diagnostics</c> say the same.</summary>
[TestClass]
public sealed partial class DiagnosticsTableTests
{
    private static readonly string[] Sections = ["## What happened", "## Why", "## What to do"];

    private static string Folder { get; } = Path.Combine(Root(), "docs", "diagnostics");

    public static IEnumerable<object[]> Rows => Diagnostics.All.Select(d => new object[] { d.Code });

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Every_row_has_a_page_with_its_code_in_the_title_and_all_sections(string code)
    {
        var path = Path.Combine(Folder, $"{code}.md");
        Assert.IsTrue(File.Exists(path), $"docs/diagnostics/{code}.md is missing");
        var lines = File.ReadAllLines(path);
        Assert.IsTrue(lines[0].StartsWith($"# {code}: ", StringComparison.Ordinal) && lines[0].Length > $"# {code}: ".Length, lines[0]);
        CollectionAssert.IsSubsetOf(Sections, lines, $"{code} has {string.Join(", ", lines.Where(l => l.StartsWith("## ", StringComparison.Ordinal)))}");
        var order = Sections.Select(s => Array.IndexOf(lines, s)).ToList();
        CollectionAssert.AreEqual(order.Order().ToList(), order, $"{code}: what happened, why, what to do");
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void The_list_of_all_pages_names_the_row_and_says_whether_trying_again_may_help(string code)
    {
        var row = File.ReadLines(Path.Combine(Folder, "README.md")).SingleOrDefault(l => l.StartsWith($"| [{code}]({code}.md) |", StringComparison.Ordinal));
        Assert.IsNotNull(row, $"docs/diagnostics/README.md has no row for {code}");
        var expected = Diagnostics.All.Single(d => d.Code == code).Transient ? "| may help |" : "| no |";
        Assert.IsTrue(row.EndsWith(expected, StringComparison.Ordinal), $"{row} should end with {expected}");
    }

    [TestMethod]
    public void No_page_is_without_a_row()
    {
        var pages = Directory.EnumerateFiles(Folder).Select(f => Path.GetFileName(f)!).Where(f => f != "README.md");
        var rows = Diagnostics.All.Select(d => $"{d.Code}.md").ToList();
        Assert.AreEqual("", string.Join(", ", pages.Except(rows)));
    }

    [TestMethod]
    public void Every_link_in_the_pages_leads_to_a_file()
    {
        var broken = Directory.EnumerateFiles(Folder, "*.md")
            .SelectMany(page => Link().Matches(File.ReadAllText(page)).Select(m => (Page: Path.GetFileName(page), Target: m.Groups["target"].Value)))
            .Where(l => !File.Exists(Path.GetFullPath(l.Target, Folder)));
        Assert.AreEqual("", string.Join(", ", broken));
    }

    [TestMethod]
    public void Codes_are_unique_and_have_an_area_and_four_digits()
    {
        var codes = Diagnostics.All.Select(d => d.Code).ToList();
        Assert.IsNotEmpty(codes);
        Assert.AreEqual("", string.Join(", ", codes.Where(c => !Code().IsMatch(c))));
        Assert.AreEqual("", string.Join(", ", codes.GroupBy(c => c).Where(g => g.Count() > 1).Select(g => g.Key)));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Every_message_ends_with_a_full_stop_and_uses_its_arguments_without_gaps(string code)
    {
        var message = Diagnostics.All.Single(d => d.Code == code).Message;
        Assert.IsTrue(message.EndsWith('.'), message);
        var used = Placeholder().Matches(message).Select(m => int.Parse(m.Groups["n"].Value, CultureInfo.InvariantCulture)).Distinct().Order().ToList();
        CollectionAssert.AreEqual(Enumerable.Range(0, used.Count).ToList(), used, message);
        // What is left in braces would make the message itself fail.
        _ = string.Format(CultureInfo.InvariantCulture, message, used.Select(n => (object)n).ToArray());
    }

    [TestMethod]
    public void Every_row_leads_to_its_page()
    {
        foreach (var d in Diagnostics.All)
            Assert.IsTrue(d.HelpLink.StartsWith("https://", StringComparison.Ordinal) && d.HelpLink.EndsWith($"/docs/diagnostics/{d.Code}.md", StringComparison.Ordinal), d.HelpLink);
    }

    [TestMethod]
    [DataRow("a\u001b[2Jb", "a [2Jb")]
    [DataRow("a\rb", "a b")]
    [DataRow("a\tb", "a b")]
    [DataRow("a\0b", "a b")]
    [DataRow("a\u007fb", "a b")]
    [DataRow("a\u0085b", "a b")]
    [DataRow("a\u009b1mb", "a 1mb")]
    public void Control_characters_from_outside_become_spaces(string text, string expected)
    {
        Assert.AreEqual(expected, Diagnostic.Printable(text));
        Assert.AreEqual($"'{expected}' is not a tag", Diagnostics.InvalidTag.Format(text).Split('.')[0]);
        Assert.AreEqual($"'{expected}' is not a tag", Diagnostics.InvalidTag.Error(text).Message.Split('.')[0]);
    }

    [TestMethod]
    [DataRow("registry.example.com/größe:1.0")]
    [DataRow("日本語")]
    [DataRow("🚢 {0} %s $(x)")]
    public void Other_text_from_outside_stays_as_it_is(string text) => Assert.Contains($"'{text}'", Diagnostics.InvalidTag.Format(text));

    [TestMethod]
    public void Text_from_outside_is_cut_where_it_has_no_end()
    {
        var message = Diagnostics.InvalidTag.Format(new string('x', 1_000_000));
        Assert.IsLessThan(4096, message.Length);
        Assert.Contains("x…'", message);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Every_code_is_raised_somewhere_and_tested_somewhere(string code)
    {
        var field = typeof(Diagnostics).GetFields().Single(f => f.GetValue(null) is Diagnostic d && d.Code == code).Name;
        foreach (var part in (string[])["src", "tests"])
        {
            var files = Directory.EnumerateFiles(Path.Combine(Root(), part), "*.cs", SearchOption.AllDirectories)
                .Concat(part == "src" ? Directory.EnumerateFiles(Path.Combine(Root(), "sdk"), "*.targets", SearchOption.AllDirectories) : [])
                .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && Path.GetFileName(f) is not ("Diagnostics.cs" or "DiagnosticsTableTests.cs"));
            Assert.IsTrue(files.Any(f => File.ReadAllText(f) is var text && (text.Contains(code) || text.Contains($"Diagnostics.{field}"))), $"{code} ({field}) is not in {part}");
        }
    }

    // An old SDK cannot load the tasks, so these texts stand in the targets too.
    [TestMethod]
    [DataRow("CSDK1010")]
    [DataRow("CSDK1011")]
    [DataRow("CSDK1012")]
    public void What_the_targets_say_themselves_is_what_the_table_says(string code)
    {
        var targets = System.Xml.Linq.XDocument.Load(Path.Combine(Root(), "sdk", "targets", "Container.Sdk.Check.targets"));
        var text = targets.Descendants("Error").Single(e => e.Attribute("Code")!.Value == code).Attribute("Text")!.Value;
        Assert.AreEqual(Diagnostics.All.Single(d => d.Code == code).Message.Replace("{0}", "$(NETCoreSdkVersion)"), text);
    }

    // The tests run from a folder below the repository.
    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Container.Sdk.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not below Container.Sdk.sln");
        return folder.FullName;
    }

    [GeneratedRegex(@"\ACSDK[1-9]\d{3}\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<!\{)\{(?<n>\d+)[^{}]*\}(?!\})")]
    private static partial Regex Placeholder();

    // [text](file.md#part); addresses and links within a page are left out.
    [GeneratedRegex(@"\]\((?!https?:)(?<target>[^)#\s]+)(#[^)\s]*)?\)")]
    private static partial Regex Link();
}
