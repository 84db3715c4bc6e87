var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddHostedService<Ticker>();
builder.Build().Run();

internal sealed class Ticker(ILogger<Ticker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do logger.LogInformation("It is {Time:HH:mm:ss}", DateTime.UtcNow);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
