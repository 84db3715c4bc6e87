using System.Collections.Immutable;
using System.Globalization;
using Container.Sdk.Oci;

namespace Container.Sdk.Publishing;

/// <summary>From the text of a property to a value; an empty text is no value.</summary>
internal static class PropertyReader
{
    /// <summary>One of several names, in any case of letters.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.UnknownValue"/></exception>
    public static T? Choice<T>(string property, string value, params ReadOnlySpan<(string Name, T Value)> choices) where T : struct
    {
        if (value.Length == 0) return null;
        var names = new List<string>();
        foreach (var (name, choice) in choices)
        {
            if (name.Equals(value, StringComparison.OrdinalIgnoreCase)) return choice;
            names.Add(name);
        }
        throw Diagnostics.UnknownValue.Error(property, value, string.Join(", ", names));
    }

    /// <summary>One of an enumeration's names, in any case of letters.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.UnknownValue"/></exception>
    public static T? Choice<T>(string property, string value) where T : struct, Enum =>
        Choice(property, value, [.. Enum.GetValues<T>().Select(v => (v.ToString(), v))]);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.UnknownValue"/></exception>
    public static bool? Flag(string property, string value) => Choice(property, value, ("true", true), ("false", false));

    /// <summary>A number in a range.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidNumber"/></exception>
    public static int Number(string property, string value, int standard, int least, int most) =>
        value.Length == 0 ? standard
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n
        : throw Diagnostics.InvalidNumber.Error(property, value, $"a number from {least} to {most}");

    /// <summary>The parts of a list; <c>;</c> and <c>,</c> separate them.</summary>
    public static ImmutableArray<string> List(string value) => [.. value.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}

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
