using System.Text;
using System.Text.Json;

namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class DescriptorTests
{
    private static readonly string Empty = Digest.Of([]).ToString();

    [TestMethod]
    public void A_descriptor_reads_back_from_its_json()
    {
        var descriptor = new Descriptor(MediaTypes.OciManifest, Digest.Of([]), 7)
        {
            Annotations = Descriptor.NoAnnotations.Add("b", "2").Add("a", "1"),
            Platform = new Platform("linux", "arm", "v7", "1.2"),
        };
        var read = Descriptor.Parse(descriptor.ToJson());
        Assert.AreEqual(
            (descriptor.MediaType, descriptor.Digest, descriptor.Size, descriptor.Platform, "a=1,b=2"),
            (read.MediaType, read.Digest, read.Size, read.Platform, string.Join(',', read.Annotations.Select(a => $"{a.Key}={a.Value}"))));
    }

    [TestMethod]
    public void A_descriptor_is_written_in_one_order_with_only_what_it_has()
    {
        var plain = new Descriptor(MediaTypes.OciLayerGzip, Digest.Of([]), 0);
        Assert.AreEqual(
            $$"""{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"{{Empty}}","size":0}""",
            Encoding.UTF8.GetString(Json.ToBytes(plain.ToJson())));
        var full = plain with { Platform = new Platform("linux", "arm", "v7", "1"), Annotations = Descriptor.NoAnnotations.Add("b", "2").Add("a", "<1>") };
        Assert.AreEqual(
            $$$"""{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"{{{Empty}}}","size":0,"platform":{"architecture":"arm","os":"linux","os.version":"1","variant":"v7"},"annotations":{"a":"<1>","b":"2"}}""",
            Encoding.UTF8.GetString(Json.ToBytes(full.ToJson())));
    }

    [TestMethod]
    [DataRow("\"digest\":\"{0}\",\"size\":1")]
    [DataRow("\"mediaType\":5,\"digest\":\"{0}\",\"size\":1")]
    [DataRow("\"mediaType\":\"\\n\",\"digest\":\"{0}\",\"size\":1")]
    [DataRow("\"mediaType\":\"a b\",\"digest\":\"{0}\",\"size\":1")]
    [DataRow("\"mediaType\":\"x\",\"size\":1")]
    [DataRow("\"mediaType\":\"x\",\"digest\":\"sha256:1\",\"size\":1")]
    [DataRow("\"mediaType\":\"x\",\"digest\":[\"{0}\"],\"size\":1")]
    [DataRow("\"mediaType\":\"x\",\"digest\":\"{0}\"")]
    [DataRow("\"mediaType\":\"x\",\"digest\":\"{0}\",\"size\":null")]
    [DataRow("\"mediaType\":\"x\",\"digest\":\"{0}\",\"size\":\"1\"")]
    [DataRow("\"mediaType\":\"x\",\"digest\":\"{0}\",\"size\":1.5")]
    [DataRow("\"mediaType\":\"x\",\"digest\":\"{0}\",\"size\":-1")]
    [DataRow("\"mediaType\":\"x\",\"digest\":\"{0}\",\"size\":1099511627777")]
    [DataRow("\"mediaType\":\"x\",\"digest\":\"{0}\",\"size\":18446744073709551617")]
    [DataRow("\"mediaType\":\"x\",\"digest\":\"{0}\",\"size\":1,\"annotations\":[]")]
    [DataRow("\"mediaType\":\"x\",\"digest\":\"{0}\",\"size\":1,\"annotations\":{{\"a\":1}}")]
    [DataRow("\"mediaType\":\"x\",\"digest\":\"{0}\",\"size\":1,\"platform\":\"linux/amd64\"")]
    [DataRow("\"mediaType\":\"x\",\"digest\":\"{0}\",\"size\":1,\"urls\":\"http://example.com\"")]
    [DataRow("\"mediaType\":\"\\ud800\",\"digest\":\"{0}\",\"size\":1")]
    public void What_is_no_descriptor_is_refused(string fields) =>
        Assert.Throws<JsonException>(() => Descriptor.Parse(Json.ParseObject(Encoding.UTF8.GetBytes("{" + string.Format(null, fields, Empty) + "}"))));

    [TestMethod]
    public void A_media_type_has_at_most_255_characters()
    {
        Assert.AreEqual(255, Descriptor.Parse(Of(255)).MediaType.Length);
        Assert.Throws<JsonException>(() => Descriptor.Parse(Of(256)));

        static System.Text.Json.Nodes.JsonObject Of(int length) => new() { ["mediaType"] = new string('x', length), ["digest"] = Empty, ["size"] = 0L };
    }

    [TestMethod]
    public void A_platform_without_architecture_is_none()
    {
        var json = new Descriptor(MediaTypes.OciManifest, Digest.Of([]), 0).ToJson();
        json["platform"] = new System.Text.Json.Nodes.JsonObject();
        Assert.IsNull(Descriptor.Parse(json).Platform);
    }
}
