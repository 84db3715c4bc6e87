using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Container.Sdk.Engines;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Container.Sdk.Registry;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>Where restore in a container takes library images from, and how it gets there.</summary>
internal static class LibraryPlaces
{
    /// <summary>Registries, by host, and registries in folders, by where the container looks for them.</summary>
    /// <param name="items">The <c>ContainerLibrarySource</c> items.</param>
    /// <param name="projectFolder">The project's folder.</param>
    /// <param name="root">The folder that lies in <see cref="SourceNames.Root"/> there.</param>
    public static (ImmutableArray<string> Registries, IEnumerable<FolderFeed> Folders) Read(ITaskItem[] items, string projectFolder, string root)
    {
        var places = items.Select(i => LibrarySourceReader.Read(i, projectFolder).PlaceOf(PackageId.Parse("id"))).ToList();
        var folders = places.OfType<LayoutRepository>().Select(f => f.Folder).Distinct().Where(Directory.Exists).Order(StringComparer.Ordinal);
        return (
            [.. places.OfType<HostRepository>().Select(h => h.Host.Value).Distinct().Order(StringComparer.Ordinal)],
            folders.Select((f, i) => new FolderFeed($"libraries-{i + 1}", f, SourcePlanner.IsIn(root, f) ? $"{SourceNames.Root}/{Path.GetRelativePath(root, f).Replace('\\', '/')}" : f)));
    }

    /// <summary>The credentials for registries, as a file that the container reads as the user's own; none where no registry is asked.</summary>
    public static async Task<ImmutableArray<BuildSecret>> SecretsAsync(string sourcesFile, RegistryHost? output, CancellationToken cancellation)
    {
        if (sourcesFile.Length == 0 || SourcePlanFile.Read(await File.ReadAllBytesAsync(sourcesFile, cancellation).ConfigureAwait(false)).Registries is not { Length: > 0 } registries) return [];
        var credentials = new DefaultCredentials(Environment.GetEnvironmentVariable, output);
        var (hosts, hidden) = (new JsonObject(), new List<string>());
        foreach (var host in registries)
        {
            if (await credentials.FindAsync(RegistryHost.Parse(host), RepositoryName.Parse("library"), RegistryAccess.Pull, cancellation).ConfigureAwait(false) is not { } found) continue;
            hosts[host] = found.Give((user, secret) => Entry(found.IsIdentityToken, user, secret, hidden));
        }
        return [new BuildSecret(SourceDockerfile.RegistrySecret, Json.ToText(new JsonObject { ["auths"] = hosts })) { Hidden = [.. hidden] }];
    }

    private static JsonObject Entry(bool isToken, string user, string secret, List<string> hidden)
    {
        hidden.Add(secret);
        if (isToken) return new JsonObject { ["identitytoken"] = secret };
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}"));
        hidden.Add(basic);
        return new JsonObject { ["auth"] = basic };
    }
}
