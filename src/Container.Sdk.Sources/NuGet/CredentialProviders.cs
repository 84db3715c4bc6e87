using NuGet.Common;
using NuGet.Configuration;
using NuGet.Protocol.Plugins;

namespace Container.Sdk.Sources;

/// <summary>Programs that know credentials of package sources.</summary>
internal interface ICredentialProviders
{
    /// <summary>The credentials of a package source; <c>null</c> where nobody has any. No person is asked.</summary>
    Task<FeedCredential?> AskAsync(PackageSource source, CancellationToken cancellation);
}

/// <summary>NuGet's credential providers: its plug-ins, found, started and asked by NuGet's own library. They run until this is disposed of.</summary>
/// <param name="discoverer">Finds the plug-ins.</param>
/// <param name="cacheFolder">Where NuGet remembers what each of them can do.</param>
/// <param name="reporter">Told of a plug-in that gives no answer.</param>
internal sealed class CredentialProviders(IPluginDiscoverer discoverer, string cacheFolder, IReporter reporter) : ICredentialProviders, IDisposable
{
    private readonly PluginManager _plugins = new(EnvironmentVariableWrapper.Instance, new Lazy<IPluginDiscoverer>(discoverer), idle => new PluginFactory(idle), new Lazy<string>(cacheFolder));

    /// <summary>Those of this user and this machine.</summary>
    /// <param name="reporter">Told of a plug-in that gives no answer.</param>
    public static CredentialProviders OfThisMachine(IReporter reporter) => new(new PluginDiscoverer(), SettingsUtility.GetPluginsCacheFolder(), reporter);

    /// <inheritdoc/>
    public async Task<FeedCredential?> AskAsync(PackageSource source, CancellationToken cancellation)
    {
        foreach (var found in await _plugins.FindAvailablePluginsAsync(cancellation).ConfigureAwait(false))
            if (await AskAsync(found, source, cancellation).ConfigureAwait(false) is { } credential) return credential;
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _plugins.Dispose();
        discoverer.Dispose();
    }

    private async Task<FeedCredential?> AskAsync(PluginDiscoveryResult found, PackageSource source, CancellationToken cancellation)
    {
        try
        {
            var (_, started) = await _plugins.TryGetSourceAgnosticPluginAsync(found, OperationClaim.Authentication, cancellation).ConfigureAwait(false);
            if (started?.Message is { Length: > 0 } problem) reporter.Detail(problem);
            if (started?.Plugin is not { } plugin || started.Claims?.Contains(OperationClaim.Authentication) != true) return null;
            // A plug-in that logs without being heard would end.
            plugin.Connection.MessageDispatcher.RequestHandlers.TryAdd(MessageMethod.Log, new LogRequestHandler(NullLogger.Instance));
            var answer = await plugin.Connection.SendRequestAndReceiveResponseAsync<GetAuthenticationCredentialsRequest, GetAuthenticationCredentialsResponse>(
                MessageMethod.GetAuthenticationCredentials, new GetAuthenticationCredentialsRequest(source.SourceUri, isRetry: false, isNonInteractive: true, canShowDialog: false), cancellation).ConfigureAwait(false);
            return answer is { ResponseCode: MessageResponseCode.Success, Password: { Length: > 0 } password }
                ? new FeedCredential(source.Name, answer.Username is { Length: > 0 } user ? user : FeedCredential.AnyUser, password)
                : null;
        }
        catch (Exception e) when (e is PluginException or ProtocolException or IOException or InvalidOperationException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            reporter.Detail($"{found.PluginFile.Path}: {e.Message}");
            return null;
        }
    }
}
