using Acme.Pricing;
using Shop.Catalog;
using Shop.Orders;

var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/", () => $"Shop, {Articles.All.Count} articles");
app.MapGet("/prices", () => Articles.All.Select(a => new { a.Id, a.Name, Price = PriceList.GrossOf(a.Net) }));
app.MapGet("/stock/{id:int}", (int id) => Stock.Of(id) is { } count ? Results.Ok(count) : Results.NotFound());
app.Run();
