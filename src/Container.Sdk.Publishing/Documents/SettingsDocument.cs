using System.Text.Json.Nodes;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>The settings of an image in a plan.</summary>
internal static class SettingsDocument
{
    public static JsonObject Write(ContainerSettings s) => new()
    {
        ["entrypoint"] = Json.ArrayOf(s.Entrypoint),
        ["entrypointArgs"] = Json.ArrayOf(s.EntrypointArgs),
        ["appCommand"] = Json.ArrayOf(s.AppCommand),
        ["appCommandArgs"] = Json.ArrayOf(s.AppCommandArgs),
        ["defaultArgs"] = Json.ArrayOf(s.DefaultArgs),
        ["appCommandInstruction"] = s.AppCommandInstruction?.ToString(),
        ["environment"] = DocumentReader.Pairs(s.Environment),
        ["labels"] = DocumentReader.Pairs(s.Labels),
        ["ports"] = Json.ArrayOf(s.Ports),
        ["volumes"] = Json.ArrayOf(s.Volumes),
        ["user"] = s.User,
        ["workingDirectory"] = s.WorkingDirectory,
        ["labelBaseDigest"] = s.LabelBaseDigest,
    };

    public static ContainerSettings Read(DocumentReader r) => new()
    {
        Entrypoint = r.Texts("entrypoint"),
        EntrypointArgs = r.Texts("entrypointArgs"),
        AppCommand = r.Texts("appCommand"),
        AppCommandArgs = r.Texts("appCommandArgs"),
        DefaultArgs = r.Texts("defaultArgs"),
        AppCommandInstruction = r.ChoiceOrNull<AppCommandInstruction>("appCommandInstruction"),
        Environment = r.Pairs("environment"),
        Labels = r.Pairs("labels"),
        Ports = r.Texts("ports"),
        Volumes = r.Texts("volumes"),
        User = r.TextOrNull("user"),
        WorkingDirectory = r.Text("workingDirectory"),
        LabelBaseDigest = r.Flag("labelBaseDigest"),
    };
}
