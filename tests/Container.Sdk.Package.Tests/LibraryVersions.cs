namespace Container.Sdk.Package.Tests;

/// <summary>One solution of apps that ask for libraries in every way; NuGet restores it twice, from images and from a feed.</summary>
[TestClass]
public sealed class LibraryVersions
{
    private static readonly string[] Packages =
    [
        "Acme.A 1.0.0", "Acme.A 1.2.3", "Acme.A 1.3.0", "Acme.A 1.9.0", "Acme.A 1.10.0-beta.1", "Acme.A 2.0.0", "Acme.A 2.1.0-beta.2", "Acme.A 2.1.0-beta.10", "Acme.A 3.0.0-rc.1",
        "Acme.Left 1.0.0;Acme.C [1.0.0, )", "Acme.Right 1.0.0;Acme.C [1.5.0, )", "Acme.C 1.0.0", "Acme.C 1.5.0", "Acme.C 2.0.0",
        "Acme.Top 1.0.0;Acme.Middle [1.0.0, )", "Acme.Middle 1.0.0;Acme.Bottom [1.0.0, 2.0.0)", "Acme.Bottom 1.4.0", "Acme.Bottom 2.0.0",
        "Acme.Json 1.0.0;Newtonsoft.Json [13.0.3, )", "Acme.Four 1.2.3.4", "Acme.Early 1.0.0-alpha", "Acme.Early 1.0.0-beta",
    ];

    private static Sandbox? _images, _feed;

    private static Sandbox Images => _images!;

    private static string[] Apps => [.. typeof(LibraryVersions).GetMethod(nameof(A_range_gets_the_version_that_NuGet_takes_from_a_feed))!.GetCustomAttributes(false)
        .OfType<DataRowAttribute>().Select(r => (string)r.Data[0]!)];

    [ClassInitialize]
    public static void Restore(TestContext context)
    {
        (_images, _feed) = (new Sandbox().WithSource(), new Sandbox());
        foreach (var package in Packages.Select(p => p.Split(';')))
        {
            _images.Has(package[0], package[1..]);
            LibraryPackage.Of(package[0], package[1..]).WriteTo(_feed.PathOf("feed"));
        }
        foreach (var world in (Sandbox[])[_images, _feed])
        {
            foreach (var app in Apps) world.Uses(NameOf(app), app.Split(", Acme").Select((r, i) => i == 0 ? r : $"Acme{r}").ToArray());
            world.Solve("All.slnx", [.. Apps.Select(NameOf)]);
        }
        _feed.Write("NuGet.config", File.ReadAllText(_feed.PathOf("NuGet.config"))
            .Replace("</packageSources>", "<add key=\"feed\" value=\"feed\" /></packageSources>", StringComparison.Ordinal)
            .Replace("</packageSourceMapping>", "<packageSource key=\"feed\"><package pattern=\"Acme.*\" /></packageSource></packageSourceMapping>", StringComparison.Ordinal));
        _images.Dotnet("", "restore", "All.slnx").Succeeded();
        // Its packages are the same under the same names, and still not for the folder that all tests share.
        _feed.Dotnet("", "restore", "All.slnx", $"-p:RestorePackagesPath={_feed.PathOf("packages")}").Succeeded();
    }

    [ClassCleanup]
    public static void Clean()
    {
        _images?.Dispose();
        _feed?.Dispose();
    }

    [TestMethod]
    [DataRow("Acme.A 1.2.3", "Acme.A 1.2.3")]
    [DataRow("Acme.A 1.1.0", "Acme.A 1.2.3")]
    [DataRow("Acme.A [1.2,2.0)", "Acme.A 1.2.3")]
    [DataRow("Acme.A (1.2.3,2.0]", "Acme.A 1.3.0")]
    [DataRow("Acme.A [1.3.0]", "Acme.A 1.3.0")]
    [DataRow("Acme.A 1.*", "Acme.A 1.9.0")]
    [DataRow("Acme.A *", "Acme.A 2.0.0")]
    [DataRow("Acme.A *-*", "Acme.A 3.0.0-rc.1")]
    [DataRow("Acme.A 1.0.0-*", "Acme.A 1.0.0")]
    [DataRow("Acme.A 1.*-*", "Acme.A 1.10.0-beta.1")]
    [DataRow("Acme.A 2.1.0-beta.*", "Acme.A 2.1.0-beta.10")]
    [DataRow("Acme.A 2.1.0-beta.2", "Acme.A 2.1.0-beta.2")]
    [DataRow("Acme.A (,1.5)", "Acme.A 1.0.0")]
    [DataRow("Acme.Early 1.0.0-*", "Acme.Early 1.0.0-beta")]
    [DataRow("Acme.Four 1.2.3.4", "Acme.Four 1.2.3.4")]
    [DataRow("Acme.Left 1.0.0, Acme.Right 1.0.0", "Acme.C 1.5.0", "Acme.Left 1.0.0", "Acme.Right 1.0.0")]
    [DataRow("Acme.Left 1.0.0, Acme.Right 1.0.0, Acme.C 2.*", "Acme.C 2.0.0", "Acme.Left 1.0.0", "Acme.Right 1.0.0")]
    [DataRow("Acme.Top 1.0.0", "Acme.Bottom 1.4.0", "Acme.Middle 1.0.0", "Acme.Top 1.0.0")]
    [DataRow("Acme.Json 1.0.0", "Acme.Json 1.0.0")]
    public void A_range_gets_the_version_that_NuGet_takes_from_a_feed(string references, params string[] expected)
    {
        Expect.Sequence(Images.Restored(NameOf(references)), expected);
        Expect.Sequence(_feed!.Restored(NameOf(references)), expected);
    }

    [TestMethod]
    public void A_library_may_need_a_package_of_a_public_feed() =>
        Expect.Sequence(Images.Restored(NameOf("Acme.Json 1.0.0"), "Newtonsoft."), "Newtonsoft.Json 13.0.3");

    [TestMethod]
    public void Packages_of_libraries_are_used_where_they_were_fetched_to() =>
        Assert.IsFalse(Directory.Exists(Path.Combine(PackedPackage.PackageFolder, "acme.bottom")), "NuGet copied one into its own folder.");

    [TestMethod]
    public void What_no_range_can_get_is_not_fetched() =>
        Assert.IsFalse(Directory.Exists(Path.Combine(Images.LibraryPackages(), "acme.bottom", "2.0.0")));

    private static string NameOf(string references) => $"app{Array.IndexOf(Apps, references)}";
}
