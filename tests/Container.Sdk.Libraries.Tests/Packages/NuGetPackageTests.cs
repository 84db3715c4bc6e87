using System.Globalization;

namespace Container.Sdk.Libraries.Tests.Packages;

[TestClass]
public sealed class NuGetPackageTests
{
    [TestMethod]
    public void A_package_says_its_id_its_version_and_its_files()
    {
        var package = PackageBuilder.Of("lib/net10.0/Acme.Lib.dll").Read();
        Assert.AreEqual("Acme.Lib 1.2.3", package.ToString());
        string[] expected = ["Acme.Lib.nuspec", "lib/net10.0/Acme.Lib.dll"];
        CollectionAssert.AreEqual(expected, package.Files.Select(f => f.Path).ToArray());
        Assert.AreEqual("lib/net10.0/Acme.Lib.dll".Length, package.Files[1].Length);
    }

    [TestMethod]
    public void Dependencies_have_the_framework_of_their_group()
    {
        var package = new PackageBuilder().Nuspec("""
            <dependencies>
              <group targetFramework="net10.0"><dependency id="Acme.Core" version="[1.0,2.0)" /><dependency id="Acme.Any" /></group>
              <group><dependency id="Acme.Old" version="1.1" /></group>
              <dependency id="Acme.Oldest" version="0.9.0" />
            </dependencies>
            """).Read();
        string[] expected = ["net10.0 Acme.Core [1.0.0, 2.0.0)", "net10.0 Acme.Any (, )", " Acme.Old [1.1.0, )", " Acme.Oldest [0.9.0, )"];
        CollectionAssert.AreEquivalent(expected, package.Dependencies.Select(d => $"{d.Framework} {d.Id} {d.Range.ToNormalizedString()}").ToArray());
    }

    [TestMethod]
    public void Escaped_names_are_unescaped_once()
    {
        var package = PackageBuilder.Of("lib/net10.0/a%20b+c%2520.dll").Read();
        Assert.AreEqual("lib/net10.0/a b+c%20.dll", package.Files[1].Path);
    }

    [TestMethod]
    public void Folders_have_entries_of_their_own_in_some_zips()
    {
        var package = new PackageBuilder().Nuspec().File("lib/", "").File("lib/a.dll").Read();
        CollectionAssert.DoesNotContain(package.Files.Select(f => f.Path).ToList(), "lib/");
        CollectionAssert.Contains(package.Files.Select(f => f.Path).ToList(), "lib/a.dll");
    }

    [TestMethod]
    [DataRow("../x", "leads upwards")]
    [DataRow("a/../b", "leads upwards")]
    [DataRow("/x", "absolute")]
    [DataRow(@"a\b", "backslash")]
    [DataRow("C:/x", "colon")]
    [DataRow("a\u0007b", "control")]
    [DataRow("a//b", "empty part")]
    [DataRow("a/./b", "dot")]
    [DataRow("a/.. /b", "dot or a space")]
    [DataRow("a.", "dot")]
    [DataRow("%2e%2e/x", "leads upwards")]
    [DataRow("lib/%2e%2e/", "leads upwards")]
    [DataRow("a%2f..%2fb", "leads upwards")]
    [DataRow("%2Fx", "absolute")]
    [DataRow("a%5Cb", "backslash")]
    [DataRow("a%00b", "control")]
    [DataRow("a%2f%2fb", "empty part")]
    public void A_name_that_two_systems_understand_differently_is_refused(string name, string reason) => Refused(PackageBuilder.Of(name), reason);

    [TestMethod]
    public void A_name_without_end_is_refused() => Refused(PackageBuilder.Of(new string('a', 1025)), "1024");

    [TestMethod]
    [DataRow("lib/a.dll", "lib/a.dll")]
    [DataRow("lib/a.dll", "LIB/A.dll")]
    [DataRow("lib/a b.dll", "lib/a%20b.dll")]
    public void A_name_that_is_there_twice_is_refused(string first, string second) => Refused(PackageBuilder.Of(first, second), "twice");

    [TestMethod]
    [DataRow("lib", "lib/a.dll")]
    [DataRow("lib/a.dll", "LIB")]
    [DataRow("lib/x/y/a.dll", "lib/x")]
    [DataRow("lib/x", "lib/x/y/a.dll")]
    public void A_file_that_is_a_folder_too_is_refused(string first, string second) => Refused(PackageBuilder.Of(first, second), "a file and a directory");

    [TestMethod]
    public void A_folder_with_an_entry_and_a_file_of_its_name_is_refused() =>
        Refused(new PackageBuilder().Nuspec().File("lib/", "").File("lib"), "a file and a directory");

    [TestMethod]
    public void A_folder_that_has_a_content_is_refused() => Refused(new PackageBuilder().Nuspec().File("lib/", "content"), "a file and a directory");

    [TestMethod]
    [DataRow(0xA1FF, DisplayName = "symbolic link")]
    [DataRow(0x21B6, DisplayName = "character device")]
    [DataRow(0x61B6, DisplayName = "block device")]
    [DataRow(0x11B6, DisplayName = "pipe")]
    [DataRow(0xC1B6, DisplayName = "socket")]
    [DataRow(0x41ED, DisplayName = "directory by its type only")]
    public void A_link_or_a_special_file_is_refused(int mode) =>
        Refused(new PackageBuilder().Nuspec().File("lib/a.dll", "/etc/passwd", mode << 16), "a link or a special file");

    [TestMethod]
    public void A_regular_file_of_Unix_is_taken() =>
        Assert.HasCount(2, new PackageBuilder().Nuspec().File("lib/a.dll", "a", 0x81A4 << 16).Read().Files);

    [TestMethod]
    public void More_than_20_000_entries_are_refused() => Refused(Many(), "more than 20000 entries");

    [TestMethod]
    public void More_than_20_000_entries_are_refused_where_fewer_are_promised() => Refused(PackageBuilder.PatchCount(Many(), 7), "more than 20000 entries");

    [TestMethod]
    public void More_than_2_GiB_are_refused()
    {
        var zip = PackageBuilder.Of("lib/a.dll", "lib/b.dll").ToArray();
        foreach (var name in (string[])["lib/a.dll", "lib/b.dll"])
        {
            PackageBuilder.Patch(zip, name, 20, 0x50000000); // Compressed,
            PackageBuilder.Patch(zip, name, 24, 0x50000000); // and expanded.
        }
        Refused(zip, "more than 2147483648 bytes");
    }

    [TestMethod]
    public void A_large_file_that_was_compressed_beyond_measure_is_refused() =>
        Refused(new PackageBuilder().Nuspec().File("lib/a.dll", new byte[8 << 20], level: System.IO.Compression.CompressionLevel.SmallestSize), "expands from");

    [TestMethod]
    public void An_encrypted_file_is_refused() =>
        Refused(PackageBuilder.Patch(PackageBuilder.Of("lib/a.dll").ToArray(), "lib/a.dll", 8, 1, size: 2), "encrypted");

    [TestMethod]
    [DataRow(0)]
    [DataRow(21)]
    [DataRow(4096)]
    public void What_is_no_zip_is_refused(int length) => Refused(new byte[length], "no zip");

    [TestMethod]
    public void A_zip_that_is_cut_off_anywhere_is_refused()
    {
        var whole = PackageBuilder.Of("lib/a.dll").ToArray();
        for (var length = 0; length < whole.Length; length += 7) Refused(whole[..length], "");
    }

    [TestMethod]
    public void A_zip_whose_directory_lies_outside_is_refused()
    {
        var zip = PackageBuilder.Of("lib/a.dll").ToArray();
        zip[zip.AsSpan().LastIndexOf("PK\x05\x06"u8) + 18] = 0x7F;
        Refused(zip, "outside");
    }

    [TestMethod]
    public void A_zip_that_promises_another_number_of_entries_is_refused() =>
        Refused(PackageBuilder.PatchCount(PackageBuilder.Of("lib/a.dll").ToArray(), 3), "directory of its zip is damaged");

    [TestMethod]
    public void An_entry_that_lies_in_the_directory_is_refused() =>
        Refused(PackageBuilder.Patch(PackageBuilder.Of("lib/a.dll").ToArray(), "lib/a.dll", 42, 0x7FFFFFFF), "directory of its zip is damaged");

    [TestMethod]
    public void A_package_without_a_nuspec_is_refused() => Refused(new PackageBuilder().File("lib/a.dll"), "0 nuspec files");

    [TestMethod]
    public void A_package_with_two_nuspecs_is_refused() => Refused(PackageBuilder.Of("Other.NUSPEC"), "2 nuspec files");

    [TestMethod]
    public void A_nuspec_counts_at_the_root_only() => Refused(new PackageBuilder().Nuspec(name: "content/Acme.Lib.nuspec"), "0 nuspec files");

    [TestMethod]
    public void A_nuspec_of_more_than_4_MiB_is_refused()
    {
        var random = new Random(1);
        var padding = string.Create(4 << 20, random, (span, r) => { for (var i = 0; i < span.Length; i++) span[i] = (char)r.Next('a', 'z'); });
        Refused(new PackageBuilder().Nuspec($"<tags>{padding}</tags>"), "more than 4194304 bytes");
    }

    [TestMethod]
    [DataRow("<!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><package><metadata><id>&x;</id><version>1.0.0</version></metadata></package>", DisplayName = "DTD")]
    [DataRow("<package>", DisplayName = "no XML")]
    [DataRow("<package/>", DisplayName = "no metadata")]
    [DataRow("<package><metadata><version>1.0.0</version></metadata></package>", DisplayName = "no id")]
    [DataRow("<package><metadata><id>../x</id><version>1.0.0</version></metadata></package>", DisplayName = "impossible id")]
    [DataRow("<package><metadata><id>a</id></metadata></package>", DisplayName = "no version")]
    [DataRow("<package><metadata><id>a</id><version>one</version></metadata></package>", DisplayName = "impossible version")]
    [DataRow("<package><metadata><id>a</id><version>1.0.0</version><dependencies><dependency id='b' version='x'/></dependencies></metadata></package>", DisplayName = "impossible range")]
    [DataRow("<package><metadata><id>a</id><version>1.0.0</version><dependencies><dependency version='1.0'/></dependencies></metadata></package>", DisplayName = "dependency without id")]
    [DataRow("<package><metadata><id>a</id><version>1.0.0</version><contentFiles><files include='*' copyToOutput='maybe'/></contentFiles></metadata></package>", DisplayName = "neither true nor false")]
    public void A_nuspec_that_cannot_be_read_is_refused(string nuspec) => Refused(new PackageBuilder().File("a.nuspec", nuspec), "its nuspec cannot be read");

    [TestMethod]
    public void A_nuspec_that_is_longer_than_promised_is_refused()
    {
        var nuspec = "<package><metadata><id>a</id><version>1.0.0</version></metadata></package>"u8.ToArray();
        var zip = new PackageBuilder().File("a.nuspec", nuspec, level: System.IO.Compression.CompressionLevel.NoCompression).ToArray();
        Refused(PackageBuilder.Patch(zip, "a.nuspec", 24, 3), "more than the 3 bytes");
    }

    [TestMethod]
    public void A_nuspec_that_is_shorter_than_promised_is_refused() =>
        Refused(PackageBuilder.Patch(PackageBuilder.Of().ToArray(), "Acme.Lib.nuspec", 24, 100_000), "100000 are promised");

    [TestMethod]
    public void A_package_that_is_not_there_is_a_missing_file()
    {
        using var folder = new WorkFolder();
        Expect.Failure(Diagnostics.FileMissing, () => NuGetPackage.Read(folder["none.nupkg"], "the package"));
    }

    private static byte[] Many() =>
        Enumerable.Range(0, 20_000).Aggregate(new PackageBuilder().Nuspec(), (b, i) => b.File(i.ToString(CultureInfo.InvariantCulture), "")).ToArray();

    private static void Refused(PackageBuilder package, string reason) => Refused(package.ToArray(), reason);

    private static void Refused(byte[] package, string reason)
    {
        using var folder = new WorkFolder();
        var path = folder.Write("a.nupkg", package);
        var e = Expect.Failure(Diagnostics.DamagedLibrary, () => NuGetPackage.Read(path, "the package"));
        StringAssert.Contains(e.Message, reason, StringComparison.Ordinal);
        StringAssert.StartsWith(e.Message, "the package is not used", StringComparison.Ordinal);
    }
}
