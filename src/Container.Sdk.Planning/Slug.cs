namespace Container.Sdk.Planning;

/// <summary>Short names for stages, build contexts, secrets and folders, made from names of people's choice.</summary>
public static class Slug
{
    /// <summary>A name of lower-case ASCII letters and digits, with one hyphen for whatever else is between them; <c>x</c> where nothing is left.</summary>
    /// <param name="text">The name to start from.</param>
    /// <param name="keepDots">Whether dots stay, except at the start and the end: package ids and versions are read by them.</param>
    public static string Of(string text, bool keepDots = false)
    {
        var letters = text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || (keepDots && c == '.') ? c : '-');
        var slug = string.Join('-', string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries)).Trim('.');
        return slug.Length > 0 ? slug : "x";
    }
}
