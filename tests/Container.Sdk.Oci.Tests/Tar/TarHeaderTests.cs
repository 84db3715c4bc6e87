using System.Formats.Tar;
using System.Text;

namespace Container.Sdk.Oci.Tests;

/// <summary>Each expected block is laid out by hand, field by field, by the rules of Go's archive/tar.</summary>
[TestClass]
public sealed class TarHeaderTests
{
    private const string Zero = "00000000000", Time = "02263523000"; // 1980-01-01 in octal seconds
    private const long EightGiB = 8L << 30;

    [TestMethod]
    public void A_file_is_written_as_ustar() => Writes(
        new TarHeader("app/Orders.dll", TarEntryKind.File, 5, 0x1A4),
        Ustar("app/Orders.dll", "0000644", "00000000005", "011742", '0'));

    [TestMethod]
    public void A_directory_is_written_as_ustar() => Writes(
        new TarHeader("app/", TarEntryKind.Directory, 0, 0x1ED),
        Ustar("app/", "0000755", Zero, "010014", '5'));

    [TestMethod]
    public void A_symbolic_link_is_written_as_ustar() => Writes(
        new TarHeader("app/current", TarEntryKind.SymbolicLink, 0, 0x1FF, LinkTarget: "v2/current"),
        Ustar("app/current", "0000777", Zero, "013352", '2', link: "v2/current"));

    [TestMethod]
    public void Owner_and_group_are_octal_numbers_without_names() => Writes(
        new TarHeader("app/x", TarEntryKind.File, 0, 0x1ED, 1654, 1655),
        Ustar("app/x", "0000755", Zero, "010240", '0', owner: "0003166", group: "0003167"));

    [TestMethod]
    public void A_name_of_100_characters_fills_its_field() => Writes(
        new TarHeader(Of('a', 100), TarEntryKind.File, 0, 0x1A4),
        Ustar(Of('a', 100), "0000644", Zero, "032170", '0'));

    [TestMethod]
    public void A_longer_name_is_split_at_a_slash() => Writes(
        new TarHeader($"{Of('d', 60)}/{Of('f', 60)}", TarEntryKind.File, 0, 0x1A4),
        Ustar(Of('f', 60), "0000644", Zero, "036754", '0', prefix: Of('d', 60)));

    [TestMethod]
    public void Prefix_and_name_hold_256_characters_at_most() => Writes(
        new TarHeader($"{Of('d', 155)}/{Of('f', 100)}", TarEntryKind.File, 0, 0x1A4),
        Ustar(Of('f', 100), "0000644", Zero, "071370", '0', prefix: Of('d', 155)));

    [TestMethod]
    public void The_slash_at_the_end_of_a_directory_splits_nothing() => Writes(
        new TarHeader($"{Of('d', 60)}/{Of('e', 59)}/", TarEntryKind.Directory, 0, 0x1ED),
        Ustar($"{Of('e', 59)}/", "0000755", Zero, "036602", '5', prefix: Of('d', 60)));

    [TestMethod]
    public void A_name_is_split_at_the_last_slash_that_leaves_a_prefix_of_155() => Writes(
        new TarHeader($"{Of('a', 50)}/{Of('b', 50)}/{Of('c', 20)}", TarEntryKind.File, 0, 0x1A4),
        Ustar(Of('c', 20), "0000644", Zero, null, '0', prefix: $"{Of('a', 50)}/{Of('b', 50)}"));

    [TestMethod]
    public void A_part_of_more_than_100_characters_needs_pax() => Writes(
        new TarHeader(Of('f', 101), TarEntryKind.File, 0, 0x1A4),
        Pax($"PaxHeaders.0/{Of('f', 87)}", "031500", $"111 path={Of('f', 101)}\n"),
        Ustar(Of('f', 100), "0000644", Zero, "033154", '0'));

    [TestMethod]
    public void A_cut_name_does_not_end_in_a_slash() => Writes(
        new TarHeader($"{Of('d', 99)}/{Of('f', 101)}", TarEntryKind.File, 0, 0x1A4),
        Pax(Of('d', 99), "031313", $"211 path={Of('d', 99)}/{Of('f', 101)}\n"),
        Ustar(Of('d', 99), "0000644", Zero, "032500", '0'));

    [TestMethod]
    public void A_name_beyond_ascii_needs_pax_and_has_its_ascii_part_as_fallback() => Writes(
        new TarHeader("app/Größe.dll", TarEntryKind.File, 3, 0x1A4),
        Pax("app/PaxHeaders.0/Gre.dll", "012204", "24 path=app/Größe.dll\n"),
        Ustar("app/Gre.dll", "0000644", "00000000003", "011217", '0'));

    [TestMethod]
    public void The_pax_header_of_a_directory_lies_in_the_directory() => Writes(
        new TarHeader("app/übung/", TarEntryKind.Directory, 0, 0x1ED),
        Pax("app/bung/PaxHeaders.0", null, "20 path=app/übung/\n"),
        Ustar("app/bung/", "0000755", Zero, "010747", '5'));

    [TestMethod]
    public void The_largest_size_of_ustar_is_one_byte_less_than_8_gib() => Writes(
        new TarHeader("app/x", TarEntryKind.File, EightGiB - 1, 0x1A4),
        Ustar("app/x", "0000644", "77777777777", "010311", '0'));

    [TestMethod]
    public void From_8_gib_on_the_size_needs_pax() => Writes(
        new TarHeader("app/big", TarEntryKind.File, EightGiB, 0x1A4),
        Pax("app/PaxHeaders.0/big", "011460", "19 size=8589934592\n"),
        Ustar("app/big", "0000644", Zero, "010466", '0'));

    [TestMethod]
    public void Where_pax_is_needed_at_all_a_long_name_is_in_it_too() => Writes(
        new TarHeader($"{Of('d', 60)}/{Of('f', 60)}", TarEntryKind.File, EightGiB, 0x1A4),
        Pax($"{Of('d', 60)}/PaxHeaders.0/{Of('f', 26)}", "031216", $"131 path={Of('d', 60)}/{Of('f', 60)}\n19 size=8589934592\n"),
        Ustar($"{Of('d', 60)}/{Of('f', 39)}", "0000644", Zero, "032675", '0'));

    [TestMethod]
    public void A_long_target_of_a_link_needs_pax() => Writes(
        new TarHeader("app/l", TarEntryKind.SymbolicLink, 0, 0x1FF, LinkTarget: $"v2/{Of('x', 98)}"),
        Pax("app/PaxHeaders.0/l", "011157", $"115 linkpath=v2/{Of('x', 98)}\n"),
        Ustar("app/l", "0000777", Zero, "037310", '2', link: $"v2/{Of('x', 97)}"));

    [TestMethod]
    public void A_target_of_a_link_beyond_ascii_needs_pax() => Writes(
        new TarHeader("app/l", TarEntryKind.SymbolicLink, 0, 0x1FF, LinkTarget: "ü"),
        Pax("app/PaxHeaders.0/l", "011155", "15 linkpath=ü\n"),
        Ustar("app/l", "0000777", Zero, "010171", '2'));

    [TestMethod]
    public void An_owner_that_seven_octal_digits_cannot_hold_needs_pax() => Writes(
        new TarHeader("x", TarEntryKind.File, 0, 0x1A4, 1 << 21),
        Pax("PaxHeaders.0/x", "010411", "15 uid=2097152\n"),
        Ustar("x", "0000644", Zero, "007414", '0'));

    // The length counts its own digits, and may grow one by doing so.
    [TestMethod]
    [DataRow(101, 111)]
    [DataRow(984, 994)]
    [DataRow(989, 999)]
    [DataRow(990, 1001)]
    [DataRow(991, 1002)]
    public void The_length_of_a_record_counts_itself(int nameLength, int recordLength)
    {
        var bytes = Bytes(new TarHeader(Of('f', nameLength), TarEntryKind.File, 0, 0x1A4));
        Assert.AreEqual($"{recordLength} path=", Encoding.ASCII.GetString(bytes, 512, $"{recordLength} path=".Length));
        Assert.AreEqual(Convert.ToString(recordLength, 8).PadLeft(11, '0'), Encoding.ASCII.GetString(bytes, 124, 11));
        Assert.AreEqual((byte)'\n', bytes[512 + recordLength - 1]);
        Assert.AreEqual(0, bytes[512 + recordLength]);
    }

    [TestMethod]
    [DataRow("app/a")]
    [DataRow("app/Größe/😀.txt")]
    [DataRow("long")]
    [DataRow("split")]
    public void The_runtime_reads_what_was_written(string name)
    {
        if (name == "long") name = $"{Of('f', 150)}.txt";
        if (name == "split") name = $"{Of('d', 150)}/{Of('f', 90)}";
        var entry = ReadBack(new TarHeader(name, TarEntryKind.File, 0, 0x1ED, 5, 6));
        Assert.AreEqual(
            (name, TarEntryType.RegularFile, LayerEntry.ProgramMode, 5, 6, DateTimeOffset.FromUnixTimeSeconds(TarHeader.Time)),
            (entry.Name, entry.EntryType, entry.Mode, entry.Uid, entry.Gid, entry.ModificationTime));
    }

    [TestMethod]
    public void A_hard_link_and_a_device_are_written_as_ustar()
    {
        Writes(
            new TarHeader("app/again", TarEntryKind.HardLink, 0, 0x1A4, LinkTarget: "app/x"),
            Ustar("app/again", "0000644", Zero, null, '1', link: "app/x"));
        Writes(
            new TarHeader("dev/null", TarEntryKind.CharacterDevice, 0, 0x1B6) { DeviceMajor = 1, DeviceMinor = 3 },
            Block(null, (0, "dev/null"), (100, "0000666"), (108, "0000000"), (116, "0000000"), (124, Zero), (136, Time), (156, "3"), (257, "ustar\0" + "00"), (329, "0000001"), (337, "0000003")));
    }

    [TestMethod]
    public void Extended_attributes_are_records_before_all_others() => Writes(
        new TarHeader("bin/ping", TarEntryKind.File, 0, 0x1ED, UserId: 1 << 21) { Attributes = TarHeader.NoAttributes.Add("user.b", [(byte)'2']).Add("user.a", [(byte)'1', (byte)'=']) },
        Pax("bin/PaxHeaders.0/ping", null, "26 SCHILY.xattr.user.a=1=\n25 SCHILY.xattr.user.b=2\n15 uid=2097152\n"),
        Ustar("bin/ping", "0000755", Zero, null, '0'));

    [TestMethod]
    public void The_runtime_reads_beyond_8_gib()
    {
        using var archive = Huge();
        using var reader = new TarReader(archive);
        Assert.AreEqual(EightGiB + 1, reader.GetNextEntry()!.Length);
        Assert.AreEqual("app/small", reader.GetNextEntry()!.Name);
        Assert.IsNull(reader.GetNextEntry());
    }

    [TestMethod]
    public void Gnu_tar_reads_beyond_8_gib()
    {
        using var archive = Huge();
        Assert.AreEqual(
            (0, "-rw-r--r-- 0/0      8589934593 1980-01-01 00:00 app/big\n-rw-r--r-- 0/0               0 1980-01-01 00:00 app/small\n", ""),
            Gnu.Run("tar", "-tvf", archive.Name));
    }

    [TestMethod]
    [DataRow(0L, 0)]
    [DataRow(1L, 511)]
    [DataRow(511L, 1)]
    [DataRow(512L, 0)]
    [DataRow(8L << 30, 0)]
    [DataRow((8L << 30) + 1, 511)]
    public void Contents_are_padded_to_whole_blocks(long size, int padding) => Assert.AreEqual(padding, TarHeader.Padding(size));

    private static ReadEntry ReadBack(TarHeader header)
    {
        using var reader = new TarReader(new MemoryStream([.. Bytes(header), .. new byte[1024]]));
        var entry = reader.GetNextEntry()!;
        return new ReadEntry(entry.Name, entry.EntryType, entry.Mode, entry.Uid, entry.Gid, entry.ModificationTime, entry.Length);
    }

    // A whole archive, of which only the headers take room on the disk.
    private static FileStream Huge()
    {
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 4096, FileOptions.DeleteOnClose);
        new TarHeader("app/big", TarEntryKind.File, EightGiB + 1, 0x1A4).WriteTo(file);
        file.Position += EightGiB + 512;
        new TarHeader("app/small", TarEntryKind.File, 0, 0x1A4).WriteTo(file);
        file.SetLength(file.Position + 1024);
        file.Position = 0;
        return file;
    }

    private sealed record ReadEntry(string Name, TarEntryType EntryType, UnixFileMode Mode, int Uid, int Gid, DateTimeOffset ModificationTime, long Length);

    private static void Writes(TarHeader header, params byte[][] expected) =>
        Assert.AreEqual(Show([.. expected.SelectMany(b => b)]), Show(Bytes(header)));

    private static byte[] Bytes(TarHeader header)
    {
        using var bytes = new MemoryStream();
        header.WriteTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Ustar(
        string name, string mode, string size, string? checksum, char kind, string owner = "0000000", string group = "0000000", string link = "", string prefix = "") => Block(
        checksum, (0, name), (100, mode), (108, owner), (116, group), (124, size), (136, Time), (156, kind.ToString()), (157, link), (257, "ustar\0" + "00"), (329, "0000000"), (337, "0000000"), (345, prefix));

    private static byte[] Pax(string name, string? checksum, string records)
    {
        var bytes = Encoding.UTF8.GetBytes(records);
        var size = Convert.ToString(bytes.Length, 8).PadLeft(11, '0');
        return
        [
            .. Block(checksum, (0, name), (100, "0000000"), (108, "0000000"), (116, "0000000"), (124, size), (136, Zero), (156, "x"), (257, "ustar\0" + "00")),
            .. bytes, .. new byte[(512 - bytes.Length % 512) % 512],
        ];
    }

    private static byte[] Block(string? checksum, params (int Offset, string Text)[] fields)
    {
        var block = new byte[512];
        foreach (var (offset, text) in fields) Encoding.ASCII.GetBytes(text).CopyTo(block, offset);
        checksum ??= Convert.ToString(block.Sum(b => b) + 8 * ' ', 8).PadLeft(6, '0');
        Encoding.ASCII.GetBytes(checksum + "\0 ").CopyTo(block, 148);
        return block;
    }

    // A line for every run of bytes, so that a difference can be read.
    private static string Show(byte[] bytes) => Encoding.UTF8.GetString(bytes).Replace('\0', '\n');

    private static string Of(char c, int count) => new(c, count);
}
