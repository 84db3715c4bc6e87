using System.Globalization;
using Container.Sdk.Oci;

namespace Container.Sdk.Publishing;

/// <summary>The time of an image: fixed, so that the same inputs give the same image, or SOURCE_DATE_EPOCH.</summary>
internal static class BuildTime
{
    /// <summary>RFC 3339.</summary>
    /// <param name="sourceDateEpoch">Seconds of Unix time (reproducible-builds.org/specs/source-date-epoch), or empty.</param>
    public static string Of(string? sourceDateEpoch)
    {
        var seconds = TarHeader.Time;
        if (!string.IsNullOrEmpty(sourceDateEpoch) && !(long.TryParse(sourceDateEpoch, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds <= 253402300799))
            throw Diagnostics.InvalidNumber.Error("SOURCE_DATE_EPOCH", sourceDateEpoch, "seconds since 1970-01-01T00:00:00Z");
        return DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
