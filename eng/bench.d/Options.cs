namespace Container.Sdk.Bench;

/// <summary>What eng/bench passes on.</summary>
/// <param name="Folder">An empty folder, outside of the repository, that is deleted afterwards.</param>
/// <param name="Package">The packed Container.Sdk.</param>
/// <param name="Tools">The folder of the testbed's programs.</param>
/// <param name="Bases">The testbed's base images, a registry in a folder.</param>
/// <param name="Output">Where the JSON goes.</param>
/// <param name="Rounds">How often all is measured.</param>
/// <param name="Apps">The apps that are measured.</param>
/// <param name="Big">Whether it is the publish folder of 5 GiB that is measured, and nothing else.</param>
/// <param name="Fleet">Whether it is the fleet of services that is measured, and nothing else.</param>
/// <param name="Keep">A folder for the binary logs, or <c>null</c>.</param>
internal sealed record Options(
    string Folder, FileInfo Package, string Tools, string Bases, string Output, int Rounds, IReadOnlyList<string> Apps, bool Big, bool Fleet, string? Keep)
{
    /// <summary>Whether it is the strategies that are measured, and nothing else.</summary>
    public bool Strategies { get; init; }

    /// <summary>The repository's samples.</summary>
    public string Samples { get; init; } = "";

    /// <summary>The image to build in.</summary>
    public string BuildImage { get; init; } = "";

    public static Options Parse(string[] args)
    {
        var values = args.Select(a => a.Split('=', 2)).ToDictionary(a => a[0], a => a[1]);
        return new Options(
            values["folder"], new FileInfo(values["package"]), values["tools"], values["bases"], values["output"],
            int.Parse(values["rounds"], System.Globalization.CultureInfo.InvariantCulture),
            values["apps"].Split(',', StringSplitOptions.RemoveEmptyEntries), values["big"] == "true", values["fleet"] == "true",
            values["logs"] is { Length: > 0 } logs ? logs : null)
        {
            Strategies = values["strategies"] == "true",
            Samples = values["samples"],
            BuildImage = values["buildimage"],
        };
    }
}
