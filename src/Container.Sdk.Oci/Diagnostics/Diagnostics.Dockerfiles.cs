namespace Container.Sdk.Oci;

// What is said of Dockerfiles.
public static partial class Diagnostics
{
    /// <summary>A value that the text of a Dockerfile cannot have.</summary>
    public static readonly Diagnostic NotInDockerfile = new("CSDK1034", "{0} is '{1}', and a Dockerfile cannot say that: a line break ends an instruction, and spaces or quotes around a path are not part of it. Change the value, or set ContainerBackend=BuiltIn, which takes it as it is.");
}
