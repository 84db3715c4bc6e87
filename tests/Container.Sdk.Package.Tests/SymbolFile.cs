using System.Reflection.Metadata;
using System.Text.Json.Nodes;

namespace Container.Sdk.Package.Tests;

/// <summary>Reads portable symbols as a debugger does.</summary>
internal static class SymbolFile
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    /// <summary>Where a debugger would fetch the sources from; for files that Source Link does not cover, their path.</summary>
    public static IReadOnlyList<string> Sources(string file)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(file));
        var reader = provider.GetMetadataReader();
        var json = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation).Single(i => reader.GetGuid(i.Kind) == SourceLink);
        var addresses = JsonNode.Parse(reader.GetBlobBytes(json.Value))!["documents"]!.AsObject().Select(d => (From: d.Key.TrimEnd('*'), To: ((string)d.Value!).TrimEnd('*')))
            .OrderByDescending(d => d.From.Length).ToList();
        return [.. reader.Documents.Select(d => reader.GetString(reader.GetDocument(d).Name)).Select(Address)];

        string Address(string document) =>
            addresses.Find(a => document.StartsWith(a.From, StringComparison.Ordinal)) is { To: { } to } found ? to + document[found.From.Length..] : document;
    }
}
