using System.Globalization;
using Acme.Pricing;
using Shop.Catalog;
using Shop.Orders;

// What the stock is worth, again and again; with --once a single time.
using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
do
{
    var worth = Articles.All.Sum(a => (Stock.Of(a.Id) ?? 0) * PriceList.GrossOf(a.Net));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The stock is worth {worth:0.00}"));
}
while (!args.Contains("--once") && await timer.WaitForNextTickAsync());
