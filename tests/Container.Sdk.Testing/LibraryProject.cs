namespace Container.Sdk.Testing;

/// <summary>Projects whose library image is published, and apps that use it.</summary>
public static class LibraryProject
{
    /// <summary>What makes a library project one with an image of its own.</summary>
    public const string Kind = "<ContainerImageKind>Library</ContainerImageKind><ContainerStrategy>CopyFromImage</ContainerStrategy>";

    /// <summary>A library with an image of its own; <paramref name="returns"/> is what its code gives.</summary>
    public static Sandbox LibraryWithImage(this Sandbox sandbox, string id, string version = "1.2.0", int returns = 21, string properties = "", string items = "", string frameworks = "<TargetFramework>net10.0</TargetFramework>") => sandbox
        .Write($"{id}/{id}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Sdk Name="Container.Sdk" Version="{PackedPackage.Version}" />
              <PropertyGroup>{frameworks}<Version>{version}</Version>{Kind}{properties}</PropertyGroup>
              <ItemGroup>{items}</ItemGroup>
            </Project>
            """)
        .Write($"{id}/Code.cs", $"namespace {id}; public static class Code {{ public static int Value => {returns}; }}");

    /// <summary>An app with strategy CopyFromImage that prints the value of a library.</summary>
    public static Sandbox AppOf(this Sandbox sandbox, string name, string id, string reference, string properties = "") => sandbox
        .Console(name, $"<PropertyGroup><ContainerStrategy>CopyFromImage</ContainerStrategy>{properties}</PropertyGroup><ItemGroup>{reference}</ItemGroup>")
        .Write($"{name}/Program.cs", $"Console.WriteLine($\"{id} says {{{id}.Code.Value}} to {name}\");");

    /// <summary>Where library images of <c>Acme.*</c> lie, for all projects of the world.</summary>
    public static Sandbox LibrariesIn(this Sandbox sandbox, string registry, string repository = "libs/{id}") => sandbox.Write("Directory.Build.props", $"""
        <Project>
          <ItemGroup><ContainerLibrarySource Include="Acme.*" Registry="{registry}" Repository="{repository}" /></ItemGroup>
        </Project>
        """);

    /// <summary>Publishes a library into the world's own registry.</summary>
    public static CommandResult PublishLibrary(this Sandbox sandbox, string id, params string[] arguments) =>
        sandbox.Dotnet(id, ["publish", "-v", "minimal", $"-p:ContainerRegistry=oci:{sandbox.Registry}", .. arguments]);
}
