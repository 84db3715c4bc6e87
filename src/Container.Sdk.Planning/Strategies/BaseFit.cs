using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>Whether an app can run on a base, by what the base says of its runtime.</summary>
public static class BaseFit
{
    /// <summary>The label with the framework that a base was made for: <c>10.0</c>.</summary>
    public const string FrameworkLabel = "container-sdk.base.framework";

    /// <summary>Why the app cannot run there; <c>null</c> where it can, or nothing is known.</summary>
    /// <param name="image">The base's configuration.</param>
    /// <param name="framework">The app's framework: <c>10.0</c>.</param>
    /// <param name="needsAspNet">Whether the app needs the ASP.NET Core runtime.</param>
    public static string? Fault(ImageConfiguration image, string framework, bool needsAspNet)
    {
        var runtime = Variable("DOTNET_VERSION");
        var has = image.Labels.GetValueOrDefault(FrameworkLabel) is { Length: > 0 } said ? said : runtime;
        if (has is not null && Parse(has) is { } there && Parse(framework) is { } needed && (there.Major, there.Minor).CompareTo((needed.Major, needed.Minor)) < 0)
            return $"it has .NET {there.Major}.{there.Minor}, and the app needs {needed.Major}.{needed.Minor}";
        // Microsoft's images name both runtimes; where neither is named, nothing is known.
        return needsAspNet && runtime is not null && Variable("ASPNET_VERSION") is null
            ? "it has the .NET runtime without ASP.NET Core, which the app needs; the library takes it with <FrameworkReference Include=\"Microsoft.AspNetCore.App\" />"
            : null;

        string? Variable(string name) => image.Environment.LastOrDefault(e => e.Key == name).Value;
    }

    // 10.0.0-rc.1 is a version, too.
    private static Version? Parse(string text) => Version.TryParse(text.Split('-')[0], out var version) ? version : null;
}
