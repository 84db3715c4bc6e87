using System.Globalization;
using System.Collections.Immutable;

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
