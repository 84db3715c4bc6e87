namespace Container.Sdk;

// What is said of bases made of libraries, of choosing a strategy, and of building in a container over mounted sources.
public static partial class Diagnostics
{
    /// <summary>An app on the base of its library refers to several libraries.</summary>
    public static readonly Diagnostic SeveralBases = new("CSDK1060", "{0} would start from several base images ({1}), and an image has one base. Set ContainerBundleLibraries=true, which makes one base of all its libraries; or take another strategy: with ContainerStrategy=CopyFromImage any number of libraries is copied.");
    /// <summary>The base image of a library is not there.</summary>
    public static readonly Diagnostic BaseNotPublished = new("CSDK1061", "{0} starts from {1}, and that image is not there. Publish the library first, with ContainerImageKind=Library and ContainerStrategy=BaseImage; or set ContainerBundleLibraries=true, which makes a base for this app.");
    /// <summary>The runtime of a base does not fit the app.</summary>
    public static readonly Diagnostic BaseDoesNotFit = new("CSDK1062", "{0} cannot run on its base {1}: {2}. Publish the library for the app's framework, or set ContainerBaseImage.");
    /// <summary>The base brings another version of something.</summary>
    public static readonly Diagnostic BaseReplaced = new("CSDK1063", "{0} brings its own form of {1} that its base has in another: {2}. Its own are used. Build both with the same versions, so that nothing is in the image twice.");
    /// <summary>Publishing in a tool container failed.</summary>
    public static readonly Diagnostic PublishFailedInContainer = new("CSDK1064", "{0} could not be published in a container of {1}. It says:\n{2}\nMend what it complains of; 'dotnet publish -p:ContainerPublish=false' compiles on this machine.");
}
