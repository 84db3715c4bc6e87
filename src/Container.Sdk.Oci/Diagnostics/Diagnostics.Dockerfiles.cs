namespace Container.Sdk.Oci;

// What is said of Dockerfiles.
public static partial class Diagnostics
{
    /// <summary>A value that the text of a Dockerfile cannot have.</summary>
    public static readonly Diagnostic NotInDockerfile = new("CSDK1034", "{0} is '{1}', and a Dockerfile cannot say that: a line break ends an instruction, and spaces or quotes around a path are not part of it. Change the value, or set ContainerBackend=BuiltIn, which takes it as it is.");
    /// <summary>A Dockerfile that a person owns, and a project that has changed since.</summary>
    public static readonly Diagnostic DockerfileOutOfDate = new("CSDK1035", "'{0}' was changed by somebody, and the project has changed since it was generated; it is built as it is. What would be generated now differs in:\n{1}\nTake over what you want, and the last line of '{2}' with it; or delete the file to have it generated.");
}
