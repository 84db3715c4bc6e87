namespace Container.Sdk.Engines;

/// <summary>What <c>docker buildx inspect</c> says of a builder.</summary>
/// <param name="Driver"><c>docker</c>: an engine builds, into its own images; else a BuildKit of its own, which keeps none.</param>
/// <param name="Endpoint">The engine's context, where the driver is <c>docker</c>.</param>
internal sealed record BuildxBuilder(string Driver, string Endpoint)
{
    /// <summary>Whether the image is an engine's when it is built.</summary>
    public bool KeepsImages => Driver == "docker";

    /// <summary>Reads the answer.</summary>
    public static BuildxBuilder Parse(string text)
    {
        return new BuildxBuilder(Value("Driver:"), Value("Endpoint:"));

        string Value(string name) => text.Split('\n').FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim() ?? "";
    }
}
