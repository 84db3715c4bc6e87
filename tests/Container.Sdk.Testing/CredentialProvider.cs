namespace Container.Sdk.Testing;

/// <summary>A credential provider for NuGet, as a program that a test compiles: NuGet itself uses it too.</summary>
public sealed class CredentialProvider : IDisposable
{
    private const string Name = "CredentialProvider.Own";

    private readonly TestFolder _folder = new();

    /// <summary>Compiles one that gives the same credentials to every address of this machine.</summary>
    public CredentialProvider(string user, string password)
    {
        // It needs no package, and is not built with those that are tested.
        Write("NuGet.config", "<configuration><packageSources><clear /></packageSources></configuration>");
        Write($"{Name}.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>
            """);
        Write("secret", $"{user}\n{password}");
        Write("Program.cs", $$"""
            using System.Text.Json.Nodes;

            var secret = File.ReadAllLines("{{_folder["secret"]}}");
            Write("Request", "Handshake", Guid.NewGuid().ToString(), new JsonObject { ["ProtocolVersion"] = "2.0.0", ["MinimumProtocolVersion"] = "1.0.0" });
            while (Console.ReadLine() is { } line)
            {
                var message = JsonNode.Parse(line)!;
                var method = (string)message["Method"]!;
                if ((string)message["Type"]! != "Request") continue;
                if (method == "Close") break;
                var local = ((string?)message["Payload"]?["Uri"])?.Contains("127.0.0.1") ?? false;
                JsonObject answer = method switch
                {
                    "Handshake" => new() { ["ResponseCode"] = "Success", ["ProtocolVersion"] = "2.0.0" },
                    "GetOperationClaims" => new() { ["Claims"] = new JsonArray(message["Payload"]?["PackageSourceRepository"] is null ? ["Authentication"] : []) },
                    "GetAuthenticationCredentials" when local => new() { ["ResponseCode"] = "Success", ["Username"] = secret[0], ["Password"] = secret[1], ["AuthenticationTypes"] = new JsonArray("basic") },
                    "GetAuthenticationCredentials" => new() { ["ResponseCode"] = "NotFound" },
                    _ => new() { ["ResponseCode"] = "Success" },
                };
                Write("Response", method, (string)message["RequestId"]!, answer);
            }

            void Write(string type, string method, string id, JsonObject payload)
            {
                Console.Out.Write(new JsonObject { ["RequestId"] = id, ["Type"] = type, ["Method"] = method, ["Payload"] = payload }.ToJsonString() + "\r\n");
                Console.Out.Flush();
            }
            """);
        var environment = new Dictionary<string, string?> { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1" };
        Command.Run("dotnet", ["build", "-c", "Release", "-v", "quiet"], _folder.Path, environment).Succeeded();
    }

    /// <summary>The program.</summary>
    public string File => _folder[$"bin/Release/net10.0/{Name}.dll"];

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private void Write(string name, string text) => System.IO.File.WriteAllText(_folder[name], text);
}
