using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary><c>ContainerBundleLibraries</c>: one base of all that an app refers to, beside the app's own image.</summary>
internal static class BundledBase
{
    /// <summary>The request for the base. Where there are no repositories (an engine, an archive), it stays beside the plan.</summary>
    public static ContainerRequest Of(ContainerRequest app)
    {
        var name = RepositoryName.Parse(app.Target.Repository.Value + BaseImageStrategy.Suffix);
        var output = app.Output.Bundle;
        var target = app.Target.Location is { } place ? place.Sibling(name) : new LayoutRepository(Path.Combine(output.Folder, "images"), name);
        return app with
        {
            Output = output,
            Kind = ImageKind.Base,
            BackEnd = BackEndKind.BuiltIn,
            BundlesLibraries = false,
            IsBundle = true,
            Target = target.Target(app.Target.Tags),
            Steps = [],
            OwnFiles = [],
            Settings = new ContainerSettings
            {
                WorkingDirectory = app.Settings.WorkingDirectory,
                AppCommandInstruction = AppCommandInstruction.None,
                LabelBaseDigest = app.Settings.LabelBaseDigest,
                Labels = app.BaseName is { } baseName ? [KeyValuePair.Create(ContainerRequest.BaseNameLabel, baseName)] : [],
            },
        };
    }

    /// <summary>The app on its base, by the base's digest: whatever happens to the tag meanwhile.</summary>
    public static ContainerRequest Use(ContainerRequest app, PublishReport bundle)
    {
        var reference = bundle.Request.Target.Location!.Image(bundle.Request.Target.Tags[0], bundle.Image.Descriptor.Digest);
        var name = app.BaseName is null ? null : reference.PublicName(reference.ToString());
        var labels = app.Settings.Labels.Select(l => l.Key == ContainerRequest.BaseNameLabel && l.Value == app.BaseName && name is not null ? KeyValuePair.Create(l.Key, name) : l);
        return app with { Base = reference, BaseName = name, BundlesLibraries = false, Settings = app.Settings with { Labels = [.. labels] } };
    }
}
