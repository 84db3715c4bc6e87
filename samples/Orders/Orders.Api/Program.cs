using FluentValidation;
using Orders.Core;
using Serilog;

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
using var log = new LoggerConfiguration().WriteTo.Console().CreateLogger();
log.Information("Orders starts");
app.UseStaticFiles();
app.MapGet("/", () => "Orders, version 1");
app.MapGet("/orders/{id:int}", (int id) =>
{
    var order = OrderBook.Find(id);
    return new OrderValidator().Validate(order).IsValid ? Results.Ok(order) : Results.NotFound();
});
app.Run();

internal sealed class OrderValidator : AbstractValidator<Order>
{
    public OrderValidator() => RuleFor(o => o.Total).GreaterThan(0);
}
