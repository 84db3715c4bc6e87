namespace Container.Sdk.Publishing.Tests;

[TestClass]
public sealed class PropertyReaderTests
{
    [TestMethod]
    [DataRow("OCI", ImageFormat.Oci)]
    [DataRow("oci", ImageFormat.Oci)]
    [DataRow("DOCKER", ImageFormat.Docker)]
    [DataRow("", null)]
    public void A_choice_does_not_look_at_case(string value, ImageFormat? format) => Assert.AreEqual(format, Format(value));

    [TestMethod]
    [DataRow("zip")]
    [DataRow("0")]
    [DataRow(" ")]
    public void A_choice_that_there_is_not_is_named_with_those_that_there_are(string value) => Assert.AreEqual(
        Diagnostics.UnknownValue.Format("ContainerImageFormat", value, "OCI, Docker"),
        Expect.Failure(Diagnostics.UnknownValue, () => Format(value)).Message);

    [TestMethod]
    [DataRow("", 32)]
    [DataRow("1", 1)]
    [DataRow("100", 100)]
    public void A_number_has_a_standard_and_bounds(string value, int number) => Assert.AreEqual(number, PropertyReader.Number("ContainerMaxLayers", value, 32, 1, 100));

    [TestMethod]
    [DataRow("0")]
    [DataRow("101")]
    [DataRow("-1")]
    [DataRow("+5")]
    [DataRow("1.0")]
    [DataRow("1 0")]
    [DataRow("99999999999")]
    [DataRow("many")]
    public void A_number_out_of_its_bounds_is_refused(string value) =>
        Expect.Failure(Diagnostics.InvalidNumber, () => PropertyReader.Number("ContainerMaxLayers", value, 32, 1, 100));

    [TestMethod]
    [DataRow("a;b", "a|b")]
    [DataRow(" a , b ;; ", "a|b")]
    [DataRow("", "")]
    public void A_list_has_commas_or_semicolons(string value, string parts) => Assert.AreEqual(parts, string.Join('|', PropertyReader.List(value)));

    private static ImageFormat? Format(string value) => PropertyReader.Choice("ContainerImageFormat", value, ("OCI", ImageFormat.Oci), ("Docker", ImageFormat.Docker));
}
