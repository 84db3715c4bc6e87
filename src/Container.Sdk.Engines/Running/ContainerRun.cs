using System.Collections.Immutable;
using Container.Sdk.Oci;

namespace Container.Sdk.Engines;

/// <summary>A program to run in a container, which is gone afterwards.</summary>
public sealed record ContainerRun
{
    /// <summary>The image; it is pulled where the engine does not have it.</summary>
    public required string Image { get; init; }

    /// <summary>The program and its arguments, which reach it as they are; they take the place of the image's own entrypoint and command.</summary>
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>The platform of the image; the engine's own by default.</summary>
    public Platform? Platform { get; init; }

    /// <summary>What the container sees besides its image.</summary>
    public ImmutableArray<ContainerMount> Mounts { get; init; } = [];

    /// <summary>The user, by name or number, and perhaps a group; the image's own by default.</summary>
    public string? User { get; init; }

    /// <summary>Variables. Their values are on no command line.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Where the program starts; the image's own folder by default.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The network: <c>none</c>, <c>host</c>, or one of the engine's; the engine's own choice by default.</summary>
    public string? Network { get; init; }

    /// <summary>What is put into the container before it starts: for an engine that cannot mount folders of this machine.</summary>
    public ImmutableArray<CopyIn> In { get; init; } = [];

    /// <summary>What is taken out of the container when its program has ended well.</summary>
    public ImmutableArray<CopyOut> Out { get; init; } = [];

    /// <summary>Credentials for pulling the image, on top of those that the user's own configuration has.</summary>
    public ImmutableArray<RegistryLogin> Logins { get; init; } = [];

    /// <summary>Told while the image is pulled, which is no output of the program.</summary>
    public IReporter Reporter { get; init; } = new SilentReporter();

    /// <summary>Text that is never shown: secrets in variables or files.</summary>
    public ImmutableArray<string> Hidden { get; init; } = [];
}

/// <summary>A tar that is unpacked in a container. Folders that are not in the tar must be there.</summary>
/// <param name="Folder">Where, in the container.</param>
/// <param name="WriteTar">Writes the tar.</param>
public sealed record CopyIn(string Folder, Func<Stream, CancellationToken, Task> WriteTar);

/// <summary>A file or folder of a container, as a tar whose names start with its last name.</summary>
/// <param name="Path">Which one, in the container.</param>
/// <param name="Tar">Gets the tar.</param>
public sealed record CopyOut(string Path, Stream Tar);

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
