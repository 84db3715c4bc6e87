using Container.Sdk.Processes;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Container.Sdk.Engines;

/// <summary>Reads what Podman and Buildah say while they build. They name steps by number, so the Dockerfile tells the line.</summary>
internal sealed partial class BuildahLog(IReporter reporter, DockerfileSteps steps) : IBuildLog
{
    private readonly StepOutput _output = new();
    // What a program could not be started for may come before the step is told: they are two streams.
    private readonly StepOutput _all = new();
    private string? _step;
    private string? _reason;
    private int? _line;

    public void Add(string line)
    {
        reporter.Detail(line);
        if (Step().Match(line) is { Success: true } m)
        {
            reporter.Progress(line.Length > 160 ? string.Concat(line.AsSpan(0, 160), "…") : line);
            _step = m.Groups[3].Value;
            _line = steps.LineOf(m.Groups[1].Success ? Number(m.Groups[1]) : 1, Number(m.Groups[2]), _step);
            _output.Clear();
        }
        else if (line.StartsWith("Error: ", StringComparison.Ordinal))
        {
            _reason = line[7..];
        }
        else if (!Noise().IsMatch(line))
        {
            _output.Add(line);
            _all.Add(line);
        }
    }

    public BuildFailure Failure(ProgramResult result)
    {
        var reason = _reason ?? result.Reason.Split('\n')[^1];
        var isStep = _step is not null && (reason.StartsWith("building at STEP", StringComparison.Ordinal) || reason.Contains("--from=", StringComparison.Ordinal) || reason.StartsWith("creating build container", StringComparison.Ordinal));
        return new BuildFailure(WithoutStep(reason))
        {
            Step = isStep ? _step : null,
            Line = isStep ? _line : null,
            Output = [.. _all.Lines.Where(IsStart), .. _output.Telling(20).Where(l => !IsStart(l))],
        };
    }

    // building at STEP "COPY missing.txt .": checking on sources under … ; the step may hold quotes and colons itself.
    private string WithoutStep(string reason)
    {
        const string start = "building at STEP \"";
        if (!reason.StartsWith(start, StringComparison.Ordinal)) return reason;
        var rest = reason.AsSpan(start.Length);
        var end = _step is not null && rest.StartsWith(_step, StringComparison.Ordinal) ? _step.Length
            : rest.LastIndexOf("\": while running") is var last and >= 0 ? last : rest.IndexOf("\": ");
        return end < 0 || end + 3 > rest.Length ? reason : rest[(end + 3)..].ToString();
    }

    private static bool IsStart(string line) => line.StartsWith("error running container:", StringComparison.Ordinal);

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    // "[1/2] STEP 4/4: RUN …"
    [GeneratedRegex(@"^(?:\[(\d+)/\d+\] )?STEP (\d+)/\d+: (.*)$")]
    private static partial Regex Step();

    // The program's own, not the step's.
    [GeneratedRegex(@"^(time=""|Trying to pull |Getting image source |Copying (blob|config) |Writing manifest |Storing signatures|--> |: exit status)")]
    private static partial Regex Noise();
}
