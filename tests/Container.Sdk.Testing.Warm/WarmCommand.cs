namespace Container.Sdk.Testing.Warm;

/// <summary>A command for a dotnet that runs already.</summary>
/// <param name="Folder">The working folder.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">All its variables.</param>
public sealed record WarmCommand(string Folder, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The variable with the name of the pipe through which commands come; it ends with the one who gives them.</summary>
    public const string PipeVariable = "CSDK_TEST_PIPE";

    /// <summary>The variable that says what to do: <see cref="Serve"/> or <see cref="Follow"/>.</summary>
    public const string RoleVariable = "CSDK_TEST_ROLE";

    /// <summary>Runs one command after the other.</summary>
    public const string Serve = "serve";

    /// <summary>Runs as it would anyway, and ends with the one at the other end of the pipe.</summary>
    public const string Follow = "follow";

    /// <summary>Writes it to a pipe.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Folder);
        writer.Write(Arguments.Count);
        foreach (var argument in Arguments) writer.Write(argument);
        writer.Write(Environment.Count);
        foreach (var (name, value) in Environment)
        {
            writer.Write(name);
            writer.Write(value);
        }
        writer.Flush();
    }

    /// <summary>Reads one from a pipe; fails at its end.</summary>
    public static WarmCommand Read(BinaryReader reader)
    {
        var folder = reader.ReadString();
        var arguments = new string[reader.ReadInt32()];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = reader.ReadString();
        var environment = new Dictionary<string, string>();
        for (var count = reader.ReadInt32(); count > 0; count--) environment[reader.ReadString()] = reader.ReadString();
        return new WarmCommand(folder, arguments, environment);
    }

    /// <summary>What ends the output of a command: a line of its own, or the end of the last one.</summary>
    /// <param name="pipe">The name of the pipe.</param>
    public static string EndOf(string pipe) => $"\u0003{pipe}";
}
