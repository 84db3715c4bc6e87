using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>
/// The range that a reference gets once its version is known: from that version up to where the range that was asked for ends.
/// Never narrower: it goes into the package of a library that is packed with it, and two exact ones of a diamond never agree.
/// </summary>
public static class RewrittenRange
{
    /// <summary><c>[resolved, upper bound of what was asked)</c>, in NuGet's notation.</summary>
    public static string Rewrite(VersionRange asked, NuGetVersion resolved)
    {
        var lower = resolved.ToNormalizedString();
        return asked.MaxVersion is not { } upper ? $"[{lower}, )"
            : asked.IsMinInclusive && asked.IsMaxInclusive && upper == asked.MinVersion ? $"[{lower}]"
            : $"[{lower}, {upper}{(asked.IsMaxInclusive ? ']' : ')')}";
    }
}
