using System.Text;
using System.Text.Json;

namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class JsonTests
{
    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("[]")]
    [DataRow("1")]
    [DataRow("{")]
    [DataRow("{} {}")]
    [DataRow("{\"a\":1,}")]
    [DataRow("{/**/}")]
    [DataRow("{\"a\":1,\"a\":2}")]
    [DataRow("{\"a\":{\"b\":1,\"b\":1}}")]
    [DataRow("{\"a\":1,\"\\u0061\":2}")]
    [DataRow("\u0000")]
    public void What_is_no_json_object_of_one_meaning_is_refused(string text) =>
        Assert.Throws<JsonException>(() => Json.ParseObject(Encoding.UTF8.GetBytes(text)));

    [TestMethod]
    public void Half_a_character_is_refused() => Assert.Throws<JsonException>(() => Json.ParseObject([.. "{\"a\":\""u8, 0xC3, .. "\"}"u8]));

    [TestMethod]
    public void Nesting_is_bounded()
    {
        Assert.IsNotNull(Nested(32));
        Assert.Throws<JsonException>(() => Nested(33));
        Assert.Throws<JsonException>(() => Nested(1_000_000));

        static object Nested(int depth) =>
            Json.ParseObject(Encoding.UTF8.GetBytes("{\"a\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}"));
    }

    [TestMethod]
    public void The_order_of_properties_and_the_text_of_numbers_stay()
    {
        const string Text = """{"z":1.50,"a":[12345678901234567890123,1E+2],"m":{"b":null,"a":true},"s":"<é>&'+"}""";
        Assert.AreEqual(Text, Encoding.UTF8.GetString(Json.ToBytes(Json.ParseObject(Encoding.UTF8.GetBytes(Text)))));
    }

    [TestMethod]
    public void Text_for_people_has_one_kind_of_line_end() =>
        Assert.AreEqual("{\n  \"a\": 1\n}\n", Json.ToText(Json.ParseObject("{\"a\":1}"u8)));
}
