using System.Text;

namespace Container.Sdk.Bench;

/// <summary>An app that is published.</summary>
/// <param name="Name">Its name, also the project's.</param>
/// <param name="Title">What it stands for.</param>
/// <param name="References">Its packages, by id and version.</param>
/// <param name="Files">How many content files it has.</param>
/// <param name="FileSize">How large each is.</param>
internal sealed record App(string Name, string Title, (string Id, string Version)[] References, int Files = 0, int FileSize = 0)
{
    public static readonly App[] All =
    [
        new("hello", "hello", []),
        new("packages", "packages",
        [
            ("MassTransit", "9.2.6"), ("Npgsql.EntityFrameworkCore.PostgreSQL", "10.0.0"), ("OpenTelemetry", "1.20.1"), ("Serilog", "3.1.1"),
            ("Dapper", "2.1.86"), ("FluentValidation", "11.11.0"), ("Google.Protobuf", "3.25.1"), ("Newtonsoft.Json", "13.0.4"),
            ("Serilog.Sinks.Console", "5.0.0"), ("Serilog.Sinks.File", "5.0.0"), ("Serilog.Settings.Configuration", "8.0.0"), ("Serilog.Extensions.Logging", "8.0.0"),
            // With all that this one is made of; what meets in several versions becomes the newest.
            ("Microsoft.Extensions.Hosting", "10.0.14"),
        ]),
        new("content", "300 files of 100 MB", [], Files: 300, FileSize: 100_000_000 / 300),
    ];

    /// <summary>A publish folder of 5 GiB.</summary>
    public static readonly App Big = new("big", "5 GiB", [], Files: 50, FileSize: (int)((5L << 30) / 50));

    /// <summary>Writes the project, once for each side.</summary>
    public void Write(World world, Side side)
    {
        var sdk = side == Side.Ours ? $"<Sdk Name=\"Container.Sdk\" Version=\"{world.Version}\" />" : "";
        var strategy = side == Side.Ours ? "<ContainerStrategy>Layered</ContainerStrategy>" : "";
        world.Write($"{side}/{Name}/{Name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              {sdk}
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
                <SelfContained>false</SelfContained>
                {strategy}
                <!-- A compiler server would be shared with whoever else builds on this machine. -->
                <UseSharedCompilation>false</UseSharedCompilation>
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n    ", References.Select(r => $"<PackageReference Include=\"{r.Id}\" Version=\"{r.Version}\" />"))}
                <!-- In the publish folder only: the copy in bin would be no part of what is measured. -->
                <None Include="files/**" CopyToPublishDirectory="PreserveNewest" />
              </ItemGroup>
            </Project>
            """);
        Change(world, side, 0);
        for (var i = 0; i < Files; i++) WriteFile(world.PathOf($"{side}", Name, "files", $"{i % 10}", $"{i:000}.dat"), i);
    }

    /// <summary>Changes one line of the program.</summary>
    public void Change(World world, Side side, int version) =>
        world.Write($"{side}/{Name}/Program.cs", $"// The change is in the next line.\nSystem.Console.WriteLine(\"version {version}\");\n");

    // The same on every machine, and about half of it compresses: words, and noise, in turns.
    private void WriteFile(string path, int seed)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var random = new Random(seed);
        var words = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 6000).Select(_ => $"word{random.Next(2000)} ")));
        var noise = new byte[words.Length];
        using var file = File.Create(path);
        for (int left = FileSize, block = 0; left > 0; block++)
        {
            var part = block % 2 == 0 ? words : noise;
            if (part == noise) random.NextBytes(noise);
            var n = Math.Min(left, part.Length);
            file.Write(part, 0, n);
            left -= n;
        }
    }
}
