using System.Globalization;

namespace Container.Sdk.Publishing;

/// <summary>Sizes as people read them, in powers of ten as docker shows them.</summary>
internal static class SizeText
{
    /// <summary>The text.</summary>
    /// <param name="bytes">Bytes.</param>
    public static string Of(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
    };
}
