using System.Globalization;
using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests;

/// <summary>Values to lock.</summary>
internal static class Sample
{
    public static Digest Digest(int number) => Oci.Digest.Of(System.Text.Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));

    public static ResolvedVersion Library(string version, int digest) =>
        new(NuGetVersion.Parse(version), new HostRepository(RegistryHost.Parse("registry.example.com"), RepositoryName.Parse("libs/acme")), Digest(digest));
}
