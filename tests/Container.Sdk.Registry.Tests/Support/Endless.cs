using Microsoft.AspNetCore.Http;

namespace Container.Sdk.Registry.Tests;

/// <summary>An answer without end.</summary>
internal static class Endless
{
    public static async Task AnswerAsync(HttpContext context)
    {
        var piece = new byte[64 << 10];
        piece.AsSpan().Fill((byte)' ');
        try
        {
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client has had enough.
        }
    }
}
