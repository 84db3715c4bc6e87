using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Container.Sdk.Publishing;

/// <summary>
/// Tells programs from other files by their first bytes. The permission bits of the build machine are no guide: they
/// differ between package folders, umasks and systems, and Windows has none.
/// </summary>
internal static class ProgramFile
{
    private const int Interpreter = 3, Dynamic = 2; // PT_INTERP, PT_DYNAMIC
    private const ulong Flags = 0x6ffffffb, Pie = 0x08000000; // DT_FLAGS_1, DF_1_PIE
    private const ushort Executable = 2, SharedObject = 3; // ET_EXEC, ET_DYN

    /// <summary>Whether it is a script with <c>#!</c>, or an ELF file that Linux can start.</summary>
    public static bool IsProgram(string path)
    {
        Span<byte> head = stackalloc byte[4096];
        try
        {
            using var file = File.OpenHandle(path);
            head = head[..RandomAccess.Read(file, head, 0)];
            return head.StartsWith("#!"u8) || (head.StartsWith("\u007fELF"u8) && head.Length > 64 && IsElfProgram(head, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Diagnostics.FileMissing.Error(e, path, e.Message);
        }
    }

    // A shared library and a position-independent program have the same type; only the program names an interpreter,
    // or, where it is linked statically, says so in its dynamic section.
    private static bool IsElfProgram(ReadOnlySpan<byte> elf, SafeFileHandle file)
    {
        var (is64, little) = (elf[4] == 2, elf[5] == 1);
        var type = U16(elf[16..]);
        if (type == Executable) return true;
        if (type != SharedObject) return false;
        var offset = is64 ? (int)Math.Min(int.MaxValue, U64(elf[32..])) : (int)U32(elf[28..]);
        var (size, count) = (U16(elf[(is64 ? 54 : 42)..]), U16(elf[(is64 ? 56 : 44)..]));
        for (var i = 0; i < count && offset >= 0 && offset + 4 <= elf.Length; i++, offset += size)
        {
            var kind = U32(elf[offset..]);
            if (kind == Interpreter || (kind == Dynamic && is64 && little && offset + 40 <= elf.Length && SaysPie(file, U64(elf[(offset + 8)..]), U64(elf[(offset + 32)..])))) return true;
        }
        return false;

        static bool SaysPie(SafeFileHandle file, ulong at, ulong length)
        {
            if (at >= (ulong)RandomAccess.GetLength(file)) return false;
            Span<byte> entries = new byte[Math.Min(length, 4096)];
            entries = entries[..RandomAccess.Read(file, entries, (long)Math.Min(at, long.MaxValue))];
            for (; entries.Length >= 16; entries = entries[16..])
                if (BinaryPrimitives.ReadUInt64LittleEndian(entries) == Flags) return (BinaryPrimitives.ReadUInt64LittleEndian(entries[8..]) & Pie) != 0;
            return false;
        }

        ushort U16(ReadOnlySpan<byte> s) => little ? BinaryPrimitives.ReadUInt16LittleEndian(s) : BinaryPrimitives.ReadUInt16BigEndian(s);
        uint U32(ReadOnlySpan<byte> s) => little ? BinaryPrimitives.ReadUInt32LittleEndian(s) : BinaryPrimitives.ReadUInt32BigEndian(s);
        ulong U64(ReadOnlySpan<byte> s) => little ? BinaryPrimitives.ReadUInt64LittleEndian(s) : BinaryPrimitives.ReadUInt64BigEndian(s);
    }
}
