namespace Container.Sdk.Engines;

/// <summary>What a container sees besides its image.</summary>
/// <param name="Type"><c>bind</c> or <c>volume</c>.</param>
/// <param name="Source">A folder or a file of the machine that the engine works on, an absolute path; or the name of a volume.</param>
/// <param name="Target">Where the container sees it.</param>
/// <param name="ReadOnly">Whether the container cannot write there.</param>
public sealed record ContainerMount(string Type, string Source, string Target, bool ReadOnly = false)
{
    /// <summary>A folder or a file. It must be there.</summary>
    public static ContainerMount Bind(string source, string target, bool readOnly = false) => new("bind", source, target, readOnly);

    /// <summary>A volume of the engine's, which stays after the container.</summary>
    public static ContainerMount Volume(string name, string target) => new("volume", name, target);

    /// <summary>The value of <c>--mount</c>.</summary>
    public override string ToString() => OptionList.Of([$"type={Type}", $"source={Source}", $"target={Target}", .. ReadOnly ? (string[])["readonly"] : []]);
}
