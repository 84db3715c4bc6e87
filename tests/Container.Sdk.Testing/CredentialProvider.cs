namespace Container.Sdk.Testing;

/// <summary>A credential provider for NuGet, as a program that a test compiles: NuGet itself uses it too.</summary>
public sealed class CredentialProvider : IDisposable
{
    private readonly Sandbox _sandbox = new();

    /// <summary>Compiles one that gives the same credentials to every address of this machine.</summary>
    public CredentialProvider(string user, string password)
    {
        _sandbox.Write("CredentialProvider.Own/CredentialProvider.Own.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>
            """);
        _sandbox.Write("secret", $"{user}\n{password}");
        _sandbox.Write("CredentialProvider.Own/Program.cs", $$"""
            using System.Text.Json.Nodes;

            var secret = File.ReadAllLines("{{_sandbox.PathOf("secret")}}");
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
        _sandbox.Dotnet("CredentialProvider.Own", "build", "-c", "Release", "-v", "quiet").Succeeded();
    }

    /// <summary>The program.</summary>
    public string File => _sandbox.PathOf("CredentialProvider.Own/bin/Release/net10.0/CredentialProvider.Own.dll");

    /// <inheritdoc/>
    public void Dispose() => _sandbox.Dispose();
}
