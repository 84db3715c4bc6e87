namespace Shop.Catalog;

/// <summary>Something that can be bought, with its price before tax.</summary>
public sealed record Article(int Id, string Name, decimal Net);

/// <summary>What the shop sells.</summary>
public static class Articles
{
    /// <summary>All articles.</summary>
    public static IReadOnlyList<Article> All { get; } =
    [
        new(1, "A layer cake", 12.50m),
        new(2, "A thin wafer", 0.80m),
    ];
}
