namespace Container.Sdk.Libraries;

/// <summary>The labels by which an image says that it is a library, and which.</summary>
public static class LibraryLabels
{
    private const string Prefix = "container-sdk.library.";

    /// <summary>The package id.</summary>
    public const string Id = Prefix + "id";

    /// <summary>The version of the package, build metadata included.</summary>
    public const string Version = Prefix + "version";

    /// <summary>The framework whose files are in <c>/app</c>, as the package's folder is named; empty where it has none.</summary>
    public const string Framework = Prefix + "framework";

    /// <summary>The packages that it needs: a JSON object, id to range.</summary>
    public const string Dependencies = Prefix + "dependencies";
}
