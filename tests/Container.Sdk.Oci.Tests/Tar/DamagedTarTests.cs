using System.Text;
using Container.Sdk.Oci.Tests.Archives;

namespace Container.Sdk.Oci.Tests;

/// <summary>Thousands of tars that are damaged at random, the same in each run.</summary>
[TestClass]
public sealed class DamagedTarTests
{
    private const int Rounds = 4000;
    private const long MostBytes = 8 << 20;

    // As archives are read.
    private static readonly TarRules Rules = new(200_000, 1 << 20, 16 << 20, IsForeign: true);

    private static readonly byte[] Good = new TarBuilder()
        .Header("folder/", '5', TarBuilder.Octal(0)).File("folder/file", new byte[700]).Link("folder/link", '2', "file").Link("hard", '1', "folder/file")
        .Pax("path", new string('p', 200)).File("short", "content").Extended('L', Encoding.UTF8.GetBytes(new string('l', 200) + "\0")).File("short", "content")
        .Extended('K', Encoding.UTF8.GetBytes(new string('k', 200) + "\0")).Link("third", '2', "short").Extended('g', "12 comment=x\n"u8.ToArray())
        .Header("binary", '0', [0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5]).Content("hello"u8.ToArray()).File("last", "x").ToArray();

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    [Timeout(120_000, CooperativeCancellation = false)]
    public void A_damaged_tar_is_read_to_an_end_in_bounded_memory(bool isForeign)
    {
        var random = new Random(1);
        var (read, refused) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var tar = TarMutations.Mutate(Good, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                // Nothing but this exception may come out, and no header twice.
                var reader = new TarHeaderReader(new MemoryStream(tar), Rules with { IsForeign = isForeign });
                for (var last = -1L; reader.Next() is not null; last = reader.Position) Assert.IsGreaterThan(last, reader.Position);
                read++;
            }
            catch (FormatException)
            {
                refused++;
            }
            Assert.IsLessThan(MostBytes, GC.GetAllocatedBytesForCurrentThread() - before, $"round {round}");
        }
        Assert.IsGreaterThan(Rounds / 40, read);
        Assert.IsGreaterThan(Rounds / 40, refused);
    }

    [TestMethod]
    public void All_ways_to_read_a_damaged_tar_say_the_same()
    {
        var random = new Random(2);
        for (var round = 0; round < Rounds / 8; round++)
        {
            try { TarHeaderReaderTests.Read(TarMutations.Mutate(Good, random), Rules); }
            catch (FormatException) { }
        }
    }

    [TestMethod]
    public void What_is_read_was_read_before_and_says_the_same()
    {
        var random = new Random(3);
        for (var round = 0; round < Rounds; round++)
        {
            var tar = TarMutations.Mutate(Good, random);
            var reader = new TarHeaderReader(new MemoryStream(tar), Rules);
            var entries = new List<string>();
            try
            {
                while (reader.Next() is { } header) entries.Add($"{header.Name} {header.Size} {reader.Position} {header.LinkTarget}");
            }
            catch (FormatException)
            {
                continue;
            }
            // An archive without its end, or without entries, is refused by its index.
            if (!reader.HasEndMarker || entries.Count == 0) continue;
            var former = FormerArchiveReader.Read(tar);
            Assert.IsNotNull(former, $"round {round}");
            // A path of no characters takes nothing back now.
            if (former.Any(f => f.Name.Length == 0 || (f.Type is '1' or '2' && f.LinkTarget.Length == 0))) continue;
            Expect.Sequence(entries, [.. former.Select(f => $"{f.Name} {f.Size} {f.Offset} {(f.Type is '1' or '2' ? f.LinkTarget : "")}")]);
        }
    }

    [TestMethod]
    [DataRow(ImageFormat.Oci)]
    [DataRow(ImageFormat.Docker)]
    public async Task A_damaged_archive_is_refused_where_it_was_refused_before(ImageFormat format)
    {
        using var folder = new TestFolder();
        var good = await SampleImage.WriteAsync(SampleImage.Create());
        var random = new Random(4);
        var read = 0;
        for (var round = 0; round < Rounds / 8; round++)
        {
            var tar = TarMutations.Mutate(good, random);
            folder.Write("a.tar", tar);
            try
            {
                using var source = new ArchiveImageSource(new ArchiveReference(folder["a.tar"], format));
                var image = await source.ResolveAsync(SampleImage.Amd64, default);
                foreach (var layer in image.Layers) await SampleImage.ReadAsync(layer);
                read++;
            }
            catch (ContainerException)
            {
                continue;
            }
            Assert.IsNotNull(FormerArchiveReader.Read(tar), $"round {round}");
        }
        Assert.IsGreaterThan(5, read);
    }
}
