namespace Container.Sdk;

// What is said of Dockerfiles.
public static partial class Diagnostics
{
    /// <summary>A value that the text of a Dockerfile cannot have.</summary>
    public static readonly Diagnostic NotInDockerfile = new("CSDK1034", "{0} is '{1}', and a Dockerfile cannot say that: a line break ends an instruction, and spaces or quotes around a path are not part of it. Change the value, or set ContainerBackend=BuiltIn, which takes it as it is.");
    /// <summary>A Dockerfile that a person owns, and a project that has changed since.</summary>
    public static readonly Diagnostic DockerfileOutOfDate = new("CSDK1035", "'{0}' was changed by somebody, and the project has changed since it was generated; it is built as it is. What would be generated now differs in:\n{1}\nTake over what you want, and the last line of '{2}' with it; or delete the file to have it generated.");
    /// <summary>The built-in back end runs nothing.</summary>
    public static readonly Diagnostic StepNeedsDockerfile = new("CSDK1036", "{0} '{1}' runs a program in the image, and the built-in back end runs none. Set ContainerBackend=Dockerfile, which lets an engine do it.");
    /// <summary>Not a name of a system package.</summary>
    public static readonly Diagnostic InvalidSystemPackage = new("CSDK1037", "'{0}' is no name of a system package. It has letters, digits, '+', '-', '.', '_' and ':', and perhaps '=' and a version.");
    /// <summary>A step for a stage that there is not.</summary>
    public static readonly Diagnostic NoBuildStage = new("CSDK1038", "{0} '{1}' is for the build stage, and with ContainerStrategy={2} there is none: this machine compiles. Use MultiStage, BuildFromSource or PackageFeed, or leave Stage away.");
    /// <summary>A file in a folder that is a link, or has rights of its own, in most bases.</summary>
    public static readonly Diagnostic FileBehindLink = new("CSDK6014", "ContainerFile has the path '{0}', and '{1}' is a link, or has rights of its own, in most base images: a layer's folder would take its place. Write the path behind the link (/usr/lib, /run), or choose a folder that is nobody's, such as /srv or /opt.");
}
