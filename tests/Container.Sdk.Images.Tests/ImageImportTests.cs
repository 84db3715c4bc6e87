using System.Text;

namespace Container.Sdk.Images.Tests;

[TestClass]
public sealed class ImageImportTests
{
    private static readonly byte[] Tar = SampleImage.Tar("app/x", "x");
    private static readonly byte[] Gzip = SampleImage.Gzip(Tar);

    [TestMethod]
    public async Task A_layer_that_an_engine_compressed_is_compressed_anew()
    {
        using var project = new TestProject();
        var imported = await ImportAsync(project, Gzip);
        Assert.AreEqual(Digest.Of(Tar), imported.Image.Layers[0].DiffId);
        Assert.IsEmpty(await ImageValidator.ValidateAsync(imported.Image, default));
    }

    [TestMethod]
    public async Task One_whose_gzip_is_cut_off_or_goes_on_is_refused()
    {
        foreach (var blob in new byte[][] { Gzip[..^1], Gzip[..^9], [.. Gzip, 0], Encoding.UTF8.GetBytes("no gzip") })
        {
            using var project = new TestProject();
            var e = await Expect.FailureAsync(Diagnostics.NotAnImage, () => ImportAsync(project, blob));
            Assert.Contains("gzip", e.Message);
            Assert.IsEmpty(project.Blobs);
        }
    }

    [TestMethod]
    public async Task One_with_other_content_than_its_diff_id_is_refused_and_not_kept()
    {
        using var project = new TestProject();
        var other = SampleImage.Gzip(SampleImage.Tar("app/x", "y"));
        await Expect.FailureAsync(Diagnostics.DigestMismatch, () => ImportAsync(project, other));
        Assert.IsNull(project.Cache.Find(Digest.Of(Tar)));
    }

    private static Task<AssembledImage> ImportAsync(TestProject project, byte[] blob)
    {
        var descriptor = new Descriptor(MediaTypes.OciLayerGzip, Digest.Of(blob), blob.Length);
        var built = PackedImage.Assemble(ImageFormat.Oci, PackedImage.Amd64, [new ImageLayer(descriptor, Digest.Of(Tar), new MemoryBlob(blob, descriptor))]);
        return Task.Run(async () =>
        {
            using var budget = new PackingBudget(1);
            return await new ImageImport(project.Cache, budget, TestProject.Libraries).ImportAsync(built, project.Plan(), null, null, default);
        });
    }
}
