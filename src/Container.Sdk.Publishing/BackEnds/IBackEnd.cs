using Container.Sdk.Images;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>Makes the image of a plan. It knows no strategy: what it cannot make it is not asked for (<see cref="ImageStrategy.WhyNot"/>).</summary>
internal interface IBackEnd
{
    /// <summary>Makes the image. What can fail cheaply, such as the destination and the base, fails before anything is made.</summary>
    Task<AssembledImage> BuildAsync(ContainerRequest request, ImagePlan plan, CancellationToken cancellation);
}
