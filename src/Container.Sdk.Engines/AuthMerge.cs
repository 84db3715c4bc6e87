using System.Text.Json.Nodes;

namespace Container.Sdk.Engines;

/// <summary>Puts credentials on top of the files that <c>docker login</c> and <c>podman login</c> write.</summary>
internal static class AuthMerge
{
    /// <summary>The first file with what the others have besides, and the logins instead of whatever they say of those registries.</summary>
    public static JsonObject Merge(IReadOnlyList<JsonObject> files, IEnumerable<RegistryLogin> logins)
    {
        var merged = files.Count > 0 ? files[0].DeepClone().AsObject() : [];
        foreach (var file in files.Skip(1))
        {
            foreach (var section in (string[])["auths", "credHelpers"])
                foreach (var (key, value) in file[section] as JsonObject ?? [])
                    Section(merged, section).TryAdd(key, value?.DeepClone());
            if (file["credsStore"] is { } store) merged.TryAdd("credsStore", store.DeepClone());
        }
        foreach (var login in logins)
        {
            var key = DockerCredentials.KeyOf(login);
            Section(merged, "auths")[key] = DockerCredentials.Entry(login);
            // Docker takes an empty name as "no helper", where there is a store for all registries.
            if (merged.ContainsKey("credsStore") || merged["credHelpers"] is JsonObject helpers && helpers.ContainsKey(key))
                Section(merged, "credHelpers")[key] = "";
        }
        return merged;
    }

    private static JsonObject Section(JsonObject json, string name)
    {
        if (json[name] is JsonObject section) return section;
        var created = new JsonObject();
        json[name] = created;
        return created;
    }
}
