using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>From properties and items to checked values: everything malformed ends here, with a code.</summary>
internal static class SettingsReader
{
    public static ImmutableArray<string> Names(ITaskItem[] items) => [.. items.Select(i => i.ItemSpec)];

    public static T? Choice<T>(string property, string value, params (string Name, T Value)[] choices) where T : struct
    {
        if (value.Length == 0) return null;
        foreach (var (name, choice) in choices)
            if (name.Equals(value, StringComparison.OrdinalIgnoreCase)) return choice;
        throw Diagnostics.UnknownValue.Error(property, value, string.Join(", ", choices.Select(c => c.Name)));
    }

    public static int Number(string property, string value, int standard, int least, int most) =>
        value.Length == 0 ? standard
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n
        : throw Diagnostics.InvalidNumber.Error(property, value, $"a number from {least} to {most}");

    public static ImmutableArray<KeyValuePair<string, string>> Environment(ITaskItem[] items) =>
    [
        .. items.Select(i => IsEnvironmentName(i.ItemSpec)
            ? KeyValuePair.Create(i.ItemSpec, i.GetMetadata("Value"))
            : throw Diagnostics.InvalidEnvironmentName.Error(i.ItemSpec)),
    ];

    public static ImmutableArray<string> Ports(ITaskItem[] items) => [.. items.Select(Port)];

    public static ImmutableArray<string> Volumes(ITaskItem[] items) => [.. items.Select(i => ImagePath("ContainerVolume", i.ItemSpec))];

    public static ImmutableArray<KeyValuePair<string, string>> Labels(params ITaskItem[][] items) =>
    [
        .. items.SelectMany(i => i).Select(i => KeyValuePair.Create(i.ItemSpec, i.GetMetadata("Value")))
            .Select(l => l.Key.Trim().Length == 0 || l.Key.Any(char.IsControl) || l.Value.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
                ? throw Diagnostics.InvalidLabel.Error(l.Key)
                : l),
    ];

    public static string? User(string value) =>
        value.Length == 0 ? null
        : value.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) || value.Count(c => c == ':') > 1 || value.StartsWith(':') || value.EndsWith(':')
            ? throw Diagnostics.InvalidUser.Error(value)
            : value;

    /// <summary>An absolute path in the image, without a slash at its end.</summary>
    public static string ImagePath(string property, string value)
    {
        if (!value.StartsWith('/') || value.Split('/').Contains("..") || value.Any(char.IsControl)) throw Diagnostics.InvalidImagePath.Error(property, value);
        var parts = value.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".");
        return "/" + string.Join('/', parts);
    }

    private static string Port(ITaskItem item)
    {
        // `8080/udp` is how Docker writes it; the in-box SDK has the type in metadata.
        var parts = item.ItemSpec.Split('/', 2);
        var type = item.GetMetadata("Type") is { Length: > 0 } t ? t : parts.Length > 1 ? parts[1] : "tcp";
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536
            && type.ToLowerInvariant() is ("tcp" or "udp")
            ? $"{number}/{type.ToLowerInvariant()}"
            : throw Diagnostics.InvalidPort.Error(item.ItemSpec, type);
    }

    private static bool IsEnvironmentName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
