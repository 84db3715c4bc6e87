namespace Container.Sdk.Registry;

/// <summary>One request, as often as it is sent.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Where it goes.</param>
/// <param name="Caller">On whose behalf.</param>
internal sealed record Call(HttpMethod Method, Passage Target, Caller Caller)
{
    /// <summary>What it needs to be allowed; <c>null</c> where it is not for the registry's API.</summary>
    public Access? Access { get; init; }

    /// <summary>Makes the body, for each time that it is sent.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>Whether the answer is a manifest or an index.</summary>
    public bool WantsManifest { get; init; }

    /// <summary>Whether to wait for the registry's consent before the body: a refusal during a large body arrives only as a broken connection.</summary>
    public bool Expect { get; init; }

    /// <summary>The first byte that is wanted.</summary>
    public long? From { get; init; }

    /// <summary>Whether it may be sent again. Never where the body is part of an upload: a second PATCH appends the same bytes again.</summary>
    public bool Replayable { get; init; } = true;

    /// <summary>How often it is sent at most; <c>null</c>: as the settings say.</summary>
    public int? Tries { get; init; }

    /// <summary>For messages.</summary>
    public override string ToString() => $"{Method} {Target.Printable}";
}

/// <summary>What one try gave: an answer of any status, or an error.</summary>
/// <param name="Response">The answer.</param>
/// <param name="Answerer">Who gave the answer, after redirects.</param>
/// <param name="Error">The error.</param>
/// <param name="MayRetry">Whether another try may help.</param>
/// <remarks>
/// A class, and so is whatever else an asynchronous method here returns: code that waits for a structure has to be compiled in
/// each process, and a build's processes live for a second.
/// </remarks>
internal sealed record Outcome(HttpResponseMessage? Response, Passage? Answerer, ContainerException? Error, bool MayRetry)
{
    public static Outcome Answered(HttpResponseMessage response, Passage by) => new(response, by, null, IsPassing((int)response.StatusCode));

    public static Outcome Failed(ContainerException error, bool mayRetry) => new(null, null, error, mayRetry);

    /// <summary>
    /// Whether the status is of a state that passes. 500 too: distribution 2.8 answers it to whoever reads a tag while it is
    /// written.
    /// </summary>
    public static bool IsPassing(int status) => status is 408 or 425 or 429 or 499 or 500 or 502 or 503 or 504 or 522;
}
