
namespace Container.Sdk.Publishing.Tests;

[TestClass]
public sealed class ProgramFileTests
{
    private const ushort Relocatable = 1, Executable = 2, SharedObject = 3;
    private const uint Load = 1, Dynamic = 2, Interpreter = 3;

    [TestMethod]
    [DataRow("/bin/ls")]
    [DataRow("/bin/sh")]
    public void A_program_of_this_machine_is_one(string path) => Assert.IsTrue(ProgramFile.IsProgram(Existing(path)));

    // Linked for any address, and without an interpreter: as the static executables of Native AOT are.
    [TestMethod]
    public void A_static_program_for_any_address_is_one() => Assert.IsTrue(ProgramFile.IsProgram(Existing("/sbin/ldconfig")));

    [TestMethod]
    [DataRow("libm.so.6")]
    [DataRow("libpthread.so.0")]
    public void A_library_of_this_machine_is_no_program(string name) =>
        Assert.IsFalse(ProgramFile.IsProgram(Existing("/lib/x86_64-linux-gnu/" + name, "/lib64/" + name, "/lib/aarch64-linux-gnu/" + name)));

    [TestMethod]
    [DataRow("libcoreclr.so")]
    [DataRow("System.Private.CoreLib.dll")]
    public void The_files_of_the_runtime_are_no_programs(string name) =>
        Assert.IsFalse(ProgramFile.IsProgram(Existing(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name))));

    [TestMethod]
    [DataRow(true, true)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(false, false)]
    public void A_program_is_known_on_every_architecture(bool is64, bool little)
    {
        IsProgram(true, Elf(is64, little, Executable, Load));
        IsProgram(true, Elf(is64, little, SharedObject, Load, Dynamic, Interpreter));
        IsProgram(false, Elf(is64, little, SharedObject, Load, Dynamic));
        IsProgram(false, Elf(is64, little, Relocatable, Interpreter));
    }

    // DT_FLAGS_1 with DF_1_PIE: a program for any address that needs no interpreter.
    [TestMethod]
    [DataRow(0x6ffffffbul, 0x08000001ul, true)]
    [DataRow(0x6ffffffbul, 0x00000001ul, false)]
    [DataRow(0x6ffffffaul, 0x08000001ul, false)]
    public void The_dynamic_section_says_whether_it_is_a_program(ulong tag, ulong value, bool isProgram)
    {
        var elf = Elf(is64: true, little: true, SharedObject, Load, Dynamic);
        Section(elf, 1, (ulong)elf.Length, 48);
        IsProgram(isProgram, [.. elf, .. Words(1, 0, tag, value, 0, 0)]);
    }

    [TestMethod]
    [DataRow(ulong.MaxValue, 48ul)]
    [DataRow((ulong)long.MaxValue, 48ul)]
    [DataRow((ulong)long.MaxValue - 100, ulong.MaxValue)]
    [DataRow(1_000_000ul, 48ul)]
    [DataRow(0ul, ulong.MaxValue)]
    public void A_dynamic_section_that_lies_nowhere_makes_no_program(ulong at, ulong length)
    {
        var elf = Elf(is64: true, little: true, SharedObject, Load, Dynamic);
        Section(elf, 1, at, length);
        IsProgram(false, elf);
    }

    [TestMethod]
    [DataRow("#!/bin/sh\necho\n", true)]
    [DataRow("#!", true)]
    [DataRow("#", false)]
    [DataRow("", false)]
    [DataRow("echo\n", false)]
    [DataRow(" #!/bin/sh", false)]
    [DataRow("MZ\u0090\0", false)]
    [DataRow("\u007fELF", false)]
    public void A_script_says_who_reads_it(string content, bool isProgram) => IsProgram(isProgram, System.Text.Encoding.Latin1.GetBytes(content));

    [TestMethod]
    public void A_header_that_leads_anywhere_does_no_harm()
    {
        var random = new Random(1);
        using var folder = new TestFolder();
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            "\u007fELF"u8.CopyTo(bytes.Length < 4 ? bytes = new byte[4] : bytes);
            if (bytes.Length > 18) bytes[16] = (byte)random.Next(4);
            _ = ProgramFile.IsProgram(folder.Write("x", bytes));
        }
    }

    [TestMethod]
    public void A_file_that_is_missing_has_a_code()
    {
        using var folder = new TestFolder();
        Expect.Failure(Diagnostics.FileMissing, () => ProgramFile.IsProgram(folder["x"]));
    }

    private static void IsProgram(bool expected, byte[] content)
    {
        using var folder = new TestFolder();
        Assert.AreEqual(expected, ProgramFile.IsProgram(folder.Write("x", content)));
    }

    // Where the segment with this number lies in the file, and how long it is.
    private static void Section(byte[] elf, int segment, ulong at, ulong length)
    {
        BitConverter.TryWriteBytes(elf.AsSpan(64 + segment * 56 + 8), at);
        BitConverter.TryWriteBytes(elf.AsSpan(64 + segment * 56 + 32), length);
    }

    private static byte[] Words(params ulong[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static string Existing(params string[] paths)
    {
        var path = paths.FirstOrDefault(File.Exists);
        if (path is null) Assert.Inconclusive($"{paths[0]} is not on this machine");
        return path!;
    }

    // The header of a file, and of its segments of the given types.
    private static byte[] Elf(bool is64, bool little, ushort type, params uint[] segments)
    {
        var (header, entry) = is64 ? (64, 56) : (52, 32);
        var bytes = new byte[header + segments.Length * entry + 64];
        "\u007fELF"u8.CopyTo(bytes);
        (bytes[4], bytes[5]) = ((byte)(is64 ? 2 : 1), (byte)(little ? 1 : 2));
        Put(16, type, 2);
        Put(is64 ? 32 : 28, (ulong)header, is64 ? 8 : 4);
        Put(is64 ? 54 : 42, (ulong)entry, 2);
        Put(is64 ? 56 : 44, (ulong)segments.Length, 2);
        for (var i = 0; i < segments.Length; i++) Put(header + i * entry, segments[i], 4);
        return bytes;

        void Put(int at, ulong value, int size)
        {
            for (var i = 0; i < size; i++) bytes[little ? at + i : at + size - 1 - i] = (byte)(value >> (8 * i));
        }
    }
}
