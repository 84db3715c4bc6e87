namespace Acme.Pricing;

/// <summary>What things cost.</summary>
public static class PriceList
{
    private const decimal Tax = 0.19m;

    /// <summary>The price with tax.</summary>
    public static decimal GrossOf(decimal net) => decimal.Round(net * (1 + Tax), 2);
}
