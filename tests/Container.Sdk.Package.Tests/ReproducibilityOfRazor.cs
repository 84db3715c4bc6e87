namespace Container.Sdk.Package.Tests;

/// <summary>The compiler of Razor files writes the path of the checkout into the symbols.</summary>
[TestClass]
public sealed class ReproducibilityOfRazor
{
    [TestMethod]
    public void Symbols_of_Razor_files_are_warned_of()
    {
        using var sandbox = Pages();
        sandbox.Publish("app").WarnedWith("CSDK6005");
        LayoutImages.Read(sandbox.Registry, "app:latest");
    }

    [TestMethod]
    public void Without_symbols_Razor_files_give_the_same_image_in_every_folder()
    {
        using var here = Pages();
        using var there = Pages();
        foreach (var sandbox in (Sandbox[])[here, there]) sandbox.Publish("app", "-p:DebugType=none").SucceededQuietly();
        Assert.AreEqual((string)here.Result("app")["digest"]!, (string)there.Result("app")["digest"]!);
    }

    private static Sandbox Pages() => new Sandbox().Console("app", sdk: "Microsoft.NET.Sdk.Web")
        .Write("app/Program.cs", "var builder = WebApplication.CreateBuilder(args); builder.Services.AddRazorPages(); var app = builder.Build(); app.MapRazorPages(); app.Run();")
        .Write("app/Pages/Index.cshtml", "@page\n<p>It is @DateTime.UtcNow</p>\n");
}
