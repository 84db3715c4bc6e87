using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>A strategy as the documentation's table has it.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Marks">A mark for each of <see cref="StrategyTable.Qualities"/>: <c>+</c> it has it, <c>-</c> it has not, <c>o</c> it depends.</param>
/// <param name="IsForAuto">Whether <c>Auto</c> may choose it: it writes nothing but the app's own image, and rests on nothing but the project's own facts.</param>
public sealed record StrategyRow(Strategy Strategy, ImmutableArray<string> Marks, bool IsForAuto);

/// <summary>The seven strategies and the six qualities by which they differ.</summary>
public static class StrategyTable
{
    /// <summary>The qualities.</summary>
    public static ImmutableArray<string> Qualities { get; } =
        ["simple", "only a registry needed", "library usable without containers", "different bases", "several libraries", "built once"];

    /// <summary>The rows, in the documentation's order.</summary>
    public static ImmutableArray<StrategyRow> Rows { get; } =
    [
        Row(Strategy.Layered, "+ + + + + o", isForAuto: true),
        Row(Strategy.BaseImage, "+ + - - - +", isForAuto: false),
        Row(Strategy.CopyFromImage, "+ + + + + +", isForAuto: true),
        Row(Strategy.BuildFromSource, "- + + + + -", isForAuto: false),
        Row(Strategy.PackageFeed, "- - + + + +", isForAuto: false),
        Row(Strategy.MultiStage, "o + + + + -", isForAuto: true),
        Row(Strategy.BuilderPattern, "o + + + + -", isForAuto: false),
    ];

    /// <summary>The row of a strategy.</summary>
    public static StrategyRow Of(Strategy strategy) => Rows.Single(r => r.Strategy == strategy);

    private static StrategyRow Row(Strategy strategy, string marks, bool isForAuto) => new(strategy, [.. marks.Split(' ')], isForAuto);
}
