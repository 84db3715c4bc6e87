using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;

namespace Container.Sdk.Testing;

/// <summary>An assembly that is written without a compiler: <c>Name.Thing.Says()</c> gives a text. The same text gives the same bytes.</summary>
public static class TinyAssembly
{
    private static readonly byte[] PublicKeyToken = [0xB0, 0x3F, 0x5F, 0x7F, 0x11, 0xD5, 0x0A, 0x3A];

    /// <summary>Makes one.</summary>
    /// <param name="name">The assembly's name, and its namespace.</param>
    /// <param name="version">Its version.</param>
    /// <param name="says">What it says.</param>
    public static byte[] Of(string name, Version version, string says)
    {
        var (metadata, code) = (new MetadataBuilder(), new BlobBuilder());
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{name} {version} {says}")).AsSpan(0, 16));
        metadata.AddModule(0, metadata.GetOrAddString($"{name}.dll"), metadata.GetOrAddGuid(id), default, default);
        metadata.AddAssembly(metadata.GetOrAddString(name), version, default, default, 0, AssemblyHashAlgorithm.None);
        var runtime = metadata.AddAssemblyReference(metadata.GetOrAddString("System.Runtime"), new Version(8, 0, 0, 0), default, metadata.GetOrAddBlob(PublicKeyToken), default, default);
        var objectType = metadata.AddTypeReference(runtime, metadata.GetOrAddString("System"), metadata.GetOrAddString("Object"));
        var method = metadata.AddMethodDefinition(
            MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.HideBySig, MethodImplAttributes.IL,
            metadata.GetOrAddString("Says"), metadata.GetOrAddBlob(Signature()), Body(metadata, code, says), default);
        var noField = MetadataTokens.FieldDefinitionHandle(1);
        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, noField, method);
        metadata.AddTypeDefinition(
            TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit,
            metadata.GetOrAddString(name), metadata.GetOrAddString("Thing"), objectType, noField, method);
        var program = new ManagedPEBuilder(
            new PEHeaderBuilder(imageCharacteristics: Characteristics.ExecutableImage | Characteristics.Dll),
            new MetadataRootBuilder(metadata), code, deterministicIdProvider: _ => new BlobContentId(id, 1));
        var bytes = new BlobBuilder();
        program.Serialize(bytes);
        return bytes.ToArray();
    }

    private static BlobBuilder Signature()
    {
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, result => result.Type().String(), _ => { });
        return signature;
    }

    private static int Body(MetadataBuilder metadata, BlobBuilder code, string says)
    {
        var body = new InstructionEncoder(new BlobBuilder());
        body.LoadString(metadata.GetOrAddUserString(says));
        body.OpCode(ILOpCode.Ret);
        return new MethodBodyStreamEncoder(code).AddMethodBody(body);
    }
}
