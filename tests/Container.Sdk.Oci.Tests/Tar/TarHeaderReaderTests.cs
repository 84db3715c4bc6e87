using System.Formats.Tar;
using System.Text;
using Container.Sdk.Oci.Tests.Archives;

namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class TarHeaderReaderTests
{
    private static readonly TarRules Ours = new(100, 1 << 16, 1 << 20, IsForeign: false);

    [TestMethod]
    public void Everything_that_a_layer_can_have_is_read()
    {
        using var tar = new MemoryStream();
        TarHeader[] written =
        [
            new("bin/", TarEntryKind.Directory, 0, 0x1ED),
            new("bin/ping", TarEntryKind.File, 4, 0x9ED, 1654, 5_000_000_000) { Attributes = TarHeader.NoAttributes.Add("security.capability", [1, 0, 0, 2, 255, 10, 0]) },
            new("bin/again", TarEntryKind.HardLink, 0, 0x1ED, LinkTarget: "bin/ping"),
            new($"bin/{new string('ä', 150)}", TarEntryKind.SymbolicLink, 0, 0x1FF, LinkTarget: $"../{new string('ö', 150)}"),
            new("dev/null", TarEntryKind.CharacterDevice, 0, 0x1B6) { DeviceMajor = 1, DeviceMinor = 3 },
            new("dev/sda", TarEntryKind.BlockDevice, 0, 0x1B0) { DeviceMajor = 8, DeviceMinor = 1_000_000 },
            new("run/pipe", TarEntryKind.Fifo, 0, 0x1A4),
            new($"{new string('d', 100)}/{new string('f', 100)}", TarEntryKind.File, 0, 0x1A4),
        ];
        foreach (var header in written)
        {
            header.WriteTo(tar);
            if (header.Size > 0) tar.Write([.. "ping"u8, .. new byte[508]]);
        }
        tar.Write(new byte[1024]);

        var read = Read(tar.ToArray(), TarRules.Layer);
        // A dictionary is compared by what it has.
        Expect.Sequence(read.Select(r => r.Header with { Attributes = TarHeader.NoAttributes }), [.. written.Select(w => w with { Attributes = TarHeader.NoAttributes })]);
        Expect.Sequence(read.SelectMany(r => r.Header.Attributes.Select(a => $"{a.Key} {Convert.ToHexString([.. a.Value])}")), "security.capability 01000002FF0A00");
        Assert.AreEqual("ping", Encoding.ASCII.GetString(read[1].Content));
    }

    [TestMethod]
    [DataRow("gnu")]
    [DataRow("oldgnu")]
    [DataRow("posix")]
    [DataRow("ustar")]
    [DataRow("v7")]
    public void What_gnu_tar_writes_is_read_as_the_framework_reads_it(string format)
    {
        using var folder = new TestFolder();
        var length = format == "v7" ? 80 : format == "ustar" ? 99 : 180;
        Directory.CreateDirectory(folder["in/sub"]);
        File.WriteAllText(folder["in/sub/file"], "content");
        File.WriteAllText(folder[$"in/{new string('l', length)}"], "long");
        File.WriteAllText(folder["in/ünïcode"], "");
        File.CreateSymbolicLink(folder["in/link"], new string('t', length));
        Assert.AreEqual(0, Gnu.Run("ln", folder["in/sub/file"], folder["in/zhard"]).Code);
        var made = Gnu.Run("tar", $"--format={format}", "--sort=name", "--owner=1654", "--group=1655", "-C", folder.Path, "-cf", folder["a.tar"], "in");
        Assert.AreEqual(0, made.Code, made.Errors);
        SameAsFramework(File.ReadAllBytes(folder["a.tar"]));
    }

    [TestMethod]
    [DataRow(TarEntryFormat.Ustar)]
    [DataRow(TarEntryFormat.Pax)]
    [DataRow(TarEntryFormat.Gnu)]
    [DataRow(TarEntryFormat.V7)]
    public void What_the_framework_writes_is_read_as_it_reads_it(TarEntryFormat format)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, format, leaveOpen: true))
        {
            var name = format is TarEntryFormat.Pax or TarEntryFormat.Gnu ? $"ä/{new string('n', 300)}" : "name";
            foreach (var type in new[] { format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile, TarEntryType.SymbolicLink, TarEntryType.HardLink })
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.Ustar => new UstarTarEntry(type, name),
                    TarEntryFormat.Pax => new PaxTarEntry(type, name, new Dictionary<string, string> { ["user.own"] = "yes" }),
                    TarEntryFormat.Gnu => new GnuTarEntry(type, name),
                    _ => new V7TarEntry(type, name),
                };
                (entry.Uid, entry.Gid, entry.Mode) = (7, 8, UnixFileMode.UserRead | UnixFileMode.SetUser);
                if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink) entry.LinkName = name + "2";
                else entry.DataStream = new MemoryStream("hello"u8.ToArray());
                writer.WriteEntry(entry);
            }
        }
        SameAsFramework(tar.ToArray());
    }

    [TestMethod]
    public void A_foreign_layer_can_be_rewritten_in_our_own_layout()
    {
        using var foreign = new MemoryStream();
        using (var writer = new TarWriter(foreign, TarEntryFormat.Pax, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "app/") { Mode = LayerEntry.ProgramMode, ModificationTime = DateTimeOffset.UtcNow });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "app/x") { Mode = LayerEntry.DataMode, Uid = 1654, DataStream = new MemoryStream("hello"u8.ToArray()) });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "app/y") { Mode = LayerEntry.LinkMode, LinkName = "x" });
        }
        using var folder = new TestFolder();
        using var expected = new MemoryStream();
        var content = FileHashing.Read(folder.Write("x", "hello"u8.ToArray()));
        LayerTar.Write([new("app/x", content, LayerEntry.DataMode) { UserId = 1654 }, new("app/y", null, LayerEntry.LinkMode, "x")], expected, default);

        using var rewritten = new MemoryStream();
        var reader = new TarHeaderReader(new MemoryStream(foreign.ToArray()), TarRules.Layer);
        while (reader.Next() is { } header)
        {
            header.WriteTo(rewritten);
            reader.Content.CopyTo(rewritten);
            rewritten.Write(new byte[TarHeader.Padding(header.Size)]);
        }
        rewritten.Write(new byte[1024]);
        CollectionAssert.AreEqual(expected.ToArray(), rewritten.ToArray());
    }

    [TestMethod]
    public void A_size_in_binary_is_one_of_a_foreign_writer_only()
    {
        byte[] size = [0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5];
        var tar = new TarBuilder().Header("x", '0', size).Content("hello"u8.ToArray()).ToArray();
        Assert.AreEqual(5, Read(tar, TarRules.Layer).Single().Header.Size);
        Assert.Contains("damaged header", Refused(tar, Ours));
    }

    [TestMethod]
    public void A_checksum_of_signed_bytes_is_one_of_a_foreign_writer_only()
    {
        var tar = new TarBuilder().File("ä", "x").ToArray();
        var sum = Enumerable.Range(0, 512).Sum(i => i is >= 148 and < 156 ? ' ' : (sbyte)tar[i]);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0')).CopyTo(tar, 148);
        Assert.AreEqual("ä", Read(tar, TarRules.Layer).Single().Header.Name);
        Assert.Contains("damaged header", Refused(tar, Ours));
    }

    [TestMethod]
    [DataRow('g')]
    [DataRow('L')]
    [DataRow('K')]
    [DataRow('S')]
    [DataRow('V')]
    public void Of_our_own_writer_such_a_header_is_an_entry_without_a_kind(char type)
    {
        var tar = new TarBuilder().Extended(type, "12 comment=x\n"u8.ToArray()).File("x", "x").ToArray();
        Expect.Sequence(Read(tar, Ours).Select(r => r.Header.Kind), (TarEntryKind)type, TarEntryKind.File);
    }

    [TestMethod]
    public void Extended_headers_are_told_of()
    {
        var tar = new TarBuilder().Pax("comment", "x").File("a", "a").Extended('L', "long\0"u8.ToArray()).Pax("mtime", "1.5").File("b", "b").ToArray();
        var reader = new TarHeaderReader(new MemoryStream(tar), TarRules.Layer);
        Assert.AreEqual("a", reader.Next()!.Name);
        Expect.Sequence(reader.Extensions.Select(e => $"{(char)e.Header.Kind} {string.Join(',', e.Keys)}"), "x comment");
        Assert.AreEqual("long", reader.Next()!.Name);
        Expect.Sequence(reader.Extensions.Select(e => $"{(char)e.Header.Kind} {string.Join(',', e.Keys)}"), "L ", "x mtime");
    }

    [TestMethod]
    public void Without_an_end_marker_a_tar_ends_and_that_can_be_seen()
    {
        foreach (var zeros in new[] { 0, 512, 1024 })
        {
            var reader = new TarHeaderReader(new MemoryStream([.. new TarBuilder().File("x", "x").ToArray()[..^1024], .. new byte[zeros]]), TarRules.Layer);
            Assert.AreEqual("x", reader.Next()!.Name);
            Assert.IsNull(reader.Next());
            Assert.AreEqual(zeros > 0, reader.HasEndMarker);
            Assert.IsNull(reader.Next());
        }
    }

    [TestMethod]
    public void What_can_be_understood_in_two_ways_is_refused()
    {
        Refuses("with a content", new TarBuilder().Header("x", '5', TarBuilder.Octal(512)).Content(new byte[512]));
        Refuses("with a content", new TarBuilder().Header("x", '2', TarBuilder.Octal(1)));
        Refuses("with a content", new TarBuilder().Pax("size", "512").Link("x", '1', "y"));
        Refuses("two extended headers", new TarBuilder().Pax("path", "a").Pax("path", "b").File("x", "x"));
        Refuses("two extended headers", new TarBuilder().Extended('L', "a"u8.ToArray()).Extended('L', "b"u8.ToArray()).File("x", "x"));
        Refuses("two names", new TarBuilder().Extended('L', "a"u8.ToArray()).Pax("path", "b").File("x", "x"));
        Refuses("two names", new TarBuilder().Pax("linkpath", "b").Extended('K', "a"u8.ToArray()).Link("x", '2', "y"));
        Refuses("'path' twice", new TarBuilder().Extended('x', "9 path=a\n9 path=b\n"u8.ToArray()).File("x", "x"));
        Refuses("without its holes", new TarBuilder().Pax("GNU.sparse.major", "1").File("x", "x"));
        Refuses("ends with an extended header", new TarBuilder().File("x", "x").Pax("path", "b"));
        Refuses("no text", new TarBuilder().Pax("path", "x").Extended('K', [0xFF, 0xFE]).Link("x", '2', "y"));
        Refuses("damaged extended header", new TarBuilder().Extended('L', "a\0b\0"u8.ToArray()).File("x", "x"));
        Refuses("damaged extended header", new TarBuilder().Extended('L', [0]).File("x", "x"));
        Refuses("damaged extended header", new TarBuilder().Pax("path", "a\0b").File("x", "x"));
        Refuses("of 0 bytes", new TarBuilder().Extended('x', []).File("x", "x"));
        Refuses("impossible uid", new TarBuilder().Pax("uid", "-1").File("x", "x"));
        Refuses("impossible size", new TarBuilder().Pax("size", "9223372036854775807").File("x", "x"));
        Refuses("more than 1000 records", new TarBuilder().Extended('x', Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1000, 1001).Select(i => $"9 {i}={1}\n")))).File("x", "x"));
    }

    [TestMethod]
    [DataRow('x')]
    [DataRow('g')]
    [DataRow('L')]
    [DataRow('K')]
    public void A_header_that_claims_gigabytes_reserves_none(char type)
    {
        var tar = new TarBuilder().Header("extended", type, TarBuilder.Octal(8L << 29)).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("extended header", Refused(tar, TarRules.Layer));
        Assert.IsLessThan(1L << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void A_tar_that_is_cut_off_anywhere_else_than_between_entries_is_refused()
    {
        var whole = new TarBuilder().File("a", new byte[700]).Pax("path", "long").File("b", "x").ToArray()[..^1024];
        for (var length = 1; length < whole.Length; length += length % 512 is 511 or 0 ? 1 : 170)
        {
            if (length == 512 + 1024) continue;
            Refused(whole[..length], TarRules.Layer);
        }
    }

    [TestMethod]
    public void Content_that_nobody_reads_is_passed_over()
    {
        var tar = new TarBuilder().File("a", new byte[700]).File("b", new byte[1000]).File("c", "c").ToArray();
        foreach (var source in new Stream[] { new MemoryStream(tar), new Forward(tar) })
        {
            var reader = new TarHeaderReader(source, TarRules.Layer);
            reader.Next();
            Assert.AreEqual(512, reader.Position);
            reader.Next();
            Assert.AreEqual(512 + 1024 + 512, reader.Position);
            reader.Content.ReadExactly(new byte[10]);
            Assert.AreEqual("c", reader.Next()!.Name);
            Assert.AreEqual(1, reader.Content.Read(new byte[10]));
            Assert.AreEqual(0, reader.Content.Read(new byte[10]));
            Assert.IsNull(reader.Next());
        }
    }

    /// <summary>Reads a tar in all the ways there are, which must say the same.</summary>
    internal static List<(TarHeader Header, byte[] Content)> Read(byte[] tar, TarRules rules)
    {
        var results = new[] { Now(new MemoryStream(tar)), Now(new Forward(tar)), LaterAsync(new MemoryStream(tar)).Result, LaterAsync(new Forward(tar)).Result };
        foreach (var other in results[1..])
        {
            Assert.AreEqual(results[0].Failure is null, other.Failure is null, $"{results[0].Failure} {other.Failure}");
            if (results[0].Failure is not null) continue;
            Expect.Sequence(other.Entries.Select(e => $"{e.Header} {Convert.ToHexString(e.Content)}"), [.. results[0].Entries.Select(e => $"{e.Header} {Convert.ToHexString(e.Content)}")]);
        }
        return results[0].Failure is { } failure ? throw new FormatException(failure) : results[0].Entries;

        (List<(TarHeader Header, byte[] Content)> Entries, string? Failure) Now(Stream source)
        {
            var entries = new List<(TarHeader, byte[])>();
            var reader = new TarHeaderReader(source, rules);
            try
            {
                while (reader.Next() is { } header)
                {
                    using var content = new MemoryStream();
                    reader.Content.CopyTo(content);
                    entries.Add((header, content.ToArray()));
                }
                return (entries, null);
            }
            catch (FormatException e) { return (entries, e.Message); }
        }

        async Task<(List<(TarHeader Header, byte[] Content)> Entries, string? Failure)> LaterAsync(Stream source)
        {
            var entries = new List<(TarHeader, byte[])>();
            var reader = new TarHeaderReader(source, rules);
            try
            {
                while (await reader.NextAsync(default) is { } header)
                {
                    using var content = new MemoryStream();
                    await reader.Content.CopyToAsync(content);
                    entries.Add((header, content.ToArray()));
                }
                return (entries, null);
            }
            catch (FormatException e) { return (entries, e.Message); }
        }
    }

    private static void Refuses(string reason, TarBuilder tar) => Assert.Contains(reason, Refused(tar.ToArray(), TarRules.Layer));

    private static string Refused(byte[] tar, TarRules rules) => Assert.ThrowsExactly<FormatException>(() => Read(tar, rules)).Message;

    private static void SameAsFramework(byte[] tar)
    {
        var expected = TarFiles.Entries(tar).Select(e => $"{e.Name} {Kind(e.EntryType)} {e.Length} {(int)e.Mode} {e.Uid} {e.Gid} {e.LinkName}");
        Expect.Sequence(
            Read(tar, TarRules.Layer).Select(r => $"{r.Header.Name} {r.Header.Kind} {r.Header.Size} {r.Header.Mode} {r.Header.UserId} {r.Header.GroupId} {r.Header.LinkTarget}"), [.. expected]);

        static string Kind(TarEntryType type) => type switch
        {
            TarEntryType.RegularFile or TarEntryType.V7RegularFile => nameof(TarEntryKind.File),
            _ => type.ToString(),
        };
    }

    /// <summary>A source that cannot go back, nor forwards without reading, and gives little at a time.</summary>
    private sealed class Forward(byte[] bytes) : ReadOnlyStream
    {
        private readonly MemoryStream _bytes = new(bytes);

        public override int Read(Span<byte> buffer) => _bytes.Read(buffer[..Math.Min(buffer.Length, 300)]);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return Read(buffer.Span);
        }
    }
}
