namespace Container.Sdk.Publishing;

/// <summary>The folder that has the files between the steps: <c>obj/…/container/</c>.</summary>
/// <param name="Folder">Absolute path.</param>
/// <param name="ResultFile">Absolute path of the result file, which may lie elsewhere.</param>
public sealed record OutputFolder(string Folder, string ResultFile)
{
    /// <summary>The plan.</summary>
    public string Plan => Path.Combine(Folder, "plan.json");

    /// <summary>The image: a layout without the layers.</summary>
    public string Image => Path.Combine(Folder, "image");

    /// <summary>Where <c>ContainerDockerfilePath</c> has the Dockerfile; absolute.</summary>
    public string Dockerfile { get; init; } = Path.Combine(Folder, "Dockerfile");

    /// <summary>The Dockerfile as it would be now, where a person has made the other his own.</summary>
    public string SpareDockerfile => Path.Combine(Folder, "Dockerfile");

    /// <summary>What a builder has to be told besides the Dockerfile.</summary>
    public string Build => Path.Combine(Folder, "build.json");

    /// <summary>What a tool container published.</summary>
    public string Stage => Path.Combine(Folder, "stage");

    /// <summary>The layers that the shared cache does not take.</summary>
    public string Layers => Path.Combine(Folder, "layers");

    /// <summary>Copies of published files without what differs on each machine.</summary>
    public string Normalized => Path.Combine(Folder, "normalized");

    /// <summary>The files of a library's package that an app publishes.</summary>
    public string Library => Path.Combine(Folder, "library");

    /// <summary>The folder for the base that is made of all that an app refers to.</summary>
    public OutputFolder Bundle => new(Path.Combine(Folder, "base"), Path.Combine(Folder, "base", "result.json"));
}
