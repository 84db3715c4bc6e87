namespace Container.Sdk;

// What is said of projects that are compiled in a container.
public static partial class Diagnostics
{
    /// <summary>A project reads a file that the builder does not have.</summary>
    public static readonly Diagnostic SourceOutside = new("CSDK1040", "{0} is compiled from {1}, which lies outside of {2}, and the builder reads only what is in there. Move the file into the repository, or choose a strategy that compiles on this machine (Layered, CopyFromImage).");
    /// <summary>A project was not restored.</summary>
    public static readonly Diagnostic SourcesNotRestored = new("CSDK1041", "{0} cannot be described: {1}. Run dotnet restore, or dotnet publish without --no-restore.");
    /// <summary>A project cannot be evaluated.</summary>
    public static readonly Diagnostic SourceNotRead = new("CSDK1042", "{0} cannot be read: {1}. Mend the project, or the reference to it.");
    /// <summary>A strategy that compiles in a container was asked for where the compiler here cannot be left out.</summary>
    public static readonly Diagnostic SdkNeededForSources = new("CSDK1043", "{0} has ContainerStrategy={1}, which compiles in a container, and imports Container.Sdk by PackageReference, with which dotnet publish compiles on this machine first. Write <Sdk Name=\"Container.Sdk\" Version=\"…\" /> into the project instead of the PackageReference.");
    /// <summary>Credentials that only another user or machine can read.</summary>
    public static readonly Diagnostic EncryptedCredentials = new("CSDK1044", "The password of the package source '{0}' in {1} is encrypted, and cannot be decrypted here. Set the environment variable NuGetPackageSourceCredentials_{0}, or ClearTextPassword with an environment variable in it.");
}
