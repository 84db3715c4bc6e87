using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipes;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Container.Sdk.Testing.Warm;

/// <summary>
/// .NET calls this in a program that a test has started, before the program's own <c>Main</c>: a startup hook has this name, and no
/// namespace.
/// </summary>
internal static class StartupHook
{
    /// <summary>Does what the test wants of this process.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(WarmCommand.PipeVariable) is not { Length: > 0 } name) return;
        var role = Environment.GetEnvironmentVariable(WarmCommand.RoleVariable);
        // What this process starts is none of ours.
        foreach (var variable in (string[])[WarmCommand.PipeVariable, WarmCommand.RoleVariable, "DOTNET_STARTUP_HOOKS"]) Environment.SetEnvironmentVariable(variable, null);

        var pipe = new NamedPipeClientStream(".", name, PipeDirection.InOut, PipeOptions.Asynchronous);
        pipe.Connect(60_000);
        if (role == WarmCommand.Serve) Serve(name, pipe);
        else EndWith(pipe, reader => reader.ReadByte());
    }

    // The dotnet command itself, again and again, as its own entry point runs it.
    private static void Serve(string name, Stream pipe)
    {
        var dotnet = AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName("dotnet")).EntryPoint!;
        MSBuildServer.Be();
        using var writer = new BinaryWriter(pipe);
        writer.Write(AppContext.BaseDirectory);
        writer.Flush();

        using var commands = new BlockingCollection<WarmCommand>();
        EndWith(pipe, reader => commands.Add(WarmCommand.Read(reader)));
        foreach (var command in commands.GetConsumingEnumerable())
        {
            writer.Write(Run(dotnet, command));
            foreach (var stream in (Stream[])[Console.OpenStandardOutput(), Console.OpenStandardError()]) stream.Write(Encoding.UTF8.GetBytes($"{WarmCommand.EndOf(name)}\n"));
            writer.Flush();
        }
    }

    private static int Run(MethodInfo dotnet, WarmCommand command)
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            if (!command.Environment.ContainsKey((string)variable.Key)) Environment.SetEnvironmentVariable((string)variable.Key, null);
        foreach (var (name, value) in command.Environment) Environment.SetEnvironmentVariable(name, value);
        Directory.SetCurrentDirectory(command.Folder);
        MSBuildServer.Begin(command.Folder);
        try
        {
            return (int)dotnet.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [command.Arguments.ToArray()], null)!;
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(e);
            return -1;
        }
        finally
        {
            MSBuildServer.End();
            Console.Out.Flush();
            Console.Error.Flush();
        }
    }

    // The pipe ends where the test run ends, however that ends.
    private static void EndWith(Stream pipe, Action<BinaryReader> read) => new Thread(() =>
    {
        try
        {
            using var reader = new BinaryReader(pipe);
            while (true) read(reader);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Process.GetCurrentProcess().Kill();
        }
    })
    { IsBackground = true }.Start();
}
