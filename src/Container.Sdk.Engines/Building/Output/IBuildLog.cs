using Container.Sdk.Processes;
namespace Container.Sdk.Engines;

/// <summary>Follows what an engine says while it builds.</summary>
internal interface IBuildLog
{
    /// <summary>A line, as it comes.</summary>
    void Add(string line);

    /// <summary>Why the build failed.</summary>
    BuildFailure Failure(ProgramResult result);
}
