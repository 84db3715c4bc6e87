namespace Shop.Orders;

/// <summary>What is there to be ordered.</summary>
public static class Stock
{
    private static readonly Dictionary<int, int> Counts = new() { [1] = 3, [2] = 120 };

    /// <summary>How many of an article there are; <c>null</c> where it is not known.</summary>
    public static int? Of(int article) => Counts.TryGetValue(article, out var count) ? count : null;
}
