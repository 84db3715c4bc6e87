using System.Xml.Linq;
using Container.Sdk.Oci;

namespace Container.Sdk.Libraries;

/// <summary>A <c>files</c> element of a nuspec's <c>contentFiles</c>: what is said of the content files that match.</summary>
/// <param name="Include">A pattern below <c>contentFiles</c>.</param>
/// <param name="Exclude">One that takes some away, or <c>null</c>.</param>
/// <param name="CopyToOutput">Whether they are copied to the output; <c>null</c> where it is not said.</param>
/// <param name="Flatten">Whether they are copied without their folders; <c>null</c> where it is not said.</param>
internal sealed record ContentFileRule(string Include, string? Exclude, bool? CopyToOutput, bool? Flatten)
{
    public static ContentFileRule Read(XElement element) => new(
        (string?)element.Attribute("include") ?? "", (string?)element.Attribute("exclude"), Truth(element, "copyToOutput"), Truth(element, "flatten"));

    /// <summary>Whether the rule is for this file.</summary>
    /// <param name="path">Its path below <c>contentFiles</c>.</param>
    public bool Covers(string path) => Glob.MatchesNuspec(Include, path) && !(Exclude is not null && Glob.MatchesNuspec(Exclude, path));

    private static bool? Truth(XElement element, string name) => (string?)element.Attribute(name) switch
    {
        null or "" => null,
        var text => bool.TryParse(text, out var value) ? value : throw new FormatException($"'{name}' is '{text}', neither true nor false"),
    };
}
