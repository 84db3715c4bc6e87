using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Tasks;

/// <summary>
/// A credential provider that runs, spoken to as NuGet does it (protocol 2.0 of its plug-ins): lines of JSON. It is never asked to ask a
/// person.
/// </summary>
internal sealed class CredentialPlugin : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private CredentialPlugin(Process process) => _process = process;

    /// <summary>Starts a plug-in; <c>null</c> where it does not give credentials.</summary>
    public static CredentialPlugin? Start(string file)
    {
        var isAssembly = file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isAssembly ? Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet" : file)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        if (isAssembly) start.ArgumentList.Add(file);
        start.ArgumentList.Add("-Plugin");
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            // It is there, and is no program of this machine.
            return null;
        }
        var plugin = new CredentialPlugin(process);
        _ = plugin._process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        if (plugin.Ask("Handshake", new JsonObject { ["ProtocolVersion"] = "2.0.0", ["MinimumProtocolVersion"] = "1.0.0" }) is not null
            && plugin.Ask("Initialize", new JsonObject { ["ClientVersion"] = "6.0.0", ["Culture"] = "en-US", ["RequestTimeout"] = "00:00:30" }) is not null
            && plugin.Ask("GetOperationClaims", new JsonObject { ["PackageSourceRepository"] = null, ["ServiceIndex"] = null }) is { } claims
            && claims.GetStrings("Claims").Contains("Authentication")) return plugin;
        plugin.Dispose();
        return null;
    }

    /// <summary>The credentials for an address; <c>null</c> where it has none.</summary>
    public (string User, string Password)? CredentialsFor(string address) =>
        Ask("GetAuthenticationCredentials", new JsonObject { ["Uri"] = address, ["IsRetry"] = false, ["IsNonInteractive"] = true, ["CanShowDialog"] = false }) is { } answer
        && answer.GetString("Password") is { Length: > 0 } password
            ? (answer.GetString("Username") is { Length: > 0 } user ? user : "user", password)
            : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Send("Request", "Close", Guid.NewGuid().ToString(), null);
            if (!_process.WaitForExit(TimeSpan.FromSeconds(2))) _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or ObjectDisposedException or Win32Exception)
        {
            // It has ended by itself.
        }
        _process.Dispose();
    }

    // What the plug-in itself asks meanwhile is answered: it shakes hands too, and it logs.
    private JsonObject? Ask(string method, JsonObject payload)
    {
        var id = Guid.NewGuid().ToString();
        var end = DateTime.UtcNow + Patience;
        try
        {
            Send("Request", method, id, payload);
            while (Receive(end) is { } message)
            {
                if (message.GetString("Type") == "Request") Send("Response", message.GetString("Method")!, message.GetString("RequestId")!, Answer(message.GetString("Method")!));
                else if (message.GetString("RequestId") == id && message.GetString("Type") == "Response")
                    return message.GetObject("Payload") is { } answer && (answer.GetString("ResponseCode") ?? "Success") == "Success" ? answer : null;
                else if (message.GetString("RequestId") == id && message.GetString("Type") == "Fault") return null;
            }
        }
        catch (Exception e) when (e is IOException or JsonException or InvalidOperationException or AggregateException)
        {
            // A plug-in that does not speak it gives no credentials; the source says the rest.
        }
        return null;
    }

    private static JsonObject Answer(string method) =>
        method == "Handshake" ? new JsonObject { ["ResponseCode"] = "Success", ["ProtocolVersion"] = "2.0.0" } : new JsonObject { ["ResponseCode"] = "Success" };

    private void Send(string type, string method, string id, JsonObject? payload)
    {
        var message = new JsonObject { ["RequestId"] = id, ["Type"] = type, ["Method"] = method };
        if (payload is not null) message["Payload"] = payload;
        _process.StandardInput.Write(System.Text.Encoding.UTF8.GetString(Json.ToBytes(message)) + "\r\n");
        _process.StandardInput.Flush();
    }

    private JsonObject? Receive(DateTime end)
    {
        var line = _process.StandardOutput.ReadLineAsync();
        var left = end - DateTime.UtcNow;
        return left > TimeSpan.Zero && line.Wait(left) && line.Result is { } text ? Json.ParseObject(System.Text.Encoding.UTF8.GetBytes(text)) : null;
    }
}
