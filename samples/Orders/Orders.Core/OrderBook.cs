namespace Orders.Core;

/// <summary>An order.</summary>
public sealed record Order(int Id, string Item, decimal Total);

/// <summary>Where orders are looked up.</summary>
public static class OrderBook
{
    /// <summary>Finds an order.</summary>
    public static Order Find(int id) => new(id, "A layer cake", id * 12.5m);
}
