namespace Container.Sdk.Package.Tests;

/// <summary>What is malformed is refused with its code before anything is packed, and nothing is written anywhere.</summary>
[TestClass]
public sealed class BadInput
{
    [TestMethod]
    [DataRow("*x")]
    [DataRow("-x")]
    [DataRow("a//b")]
    [DataRow("/a")]
    public void A_malformed_repository_is_refused(string name) => Refused("CSDK1002", $"-p:ContainerRepository={name}");

    [TestMethod]
    [DataRow("1.0+5")]
    [DataRow(".1")]
    [DataRow("a b")]
    [DataRow("a:b")]
    [DataRow("ä")]
    public void A_malformed_tag_is_refused(string tag) => Refused("CSDK1003", $"-p:ContainerImageTag={tag}");

    [TestMethod]
    public void A_tag_of_129_characters_is_refused() => Refused("CSDK1003", $"-p:ContainerImageTag={new string('a', 129)}");

    [TestMethod]
    public void One_malformed_tag_of_several_is_refused() => RefusedIn("CSDK1003", "<PropertyGroup><ContainerImageTags>1.0;1.0+5</ContainerImageTags></PropertyGroup>");

    [TestMethod]
    [DataRow(";")]
    [DataRow(" ; ")]
    public void A_list_of_no_tags_is_refused(string tags) => RefusedIn("CSDK1003", $"<PropertyGroup><ContainerImageTags>{tags}</ContainerImageTags></PropertyGroup>");

    [TestMethod]
    public void A_tag_beside_a_list_of_tags_is_refused() => RefusedIn("CSDK1009", "<PropertyGroup><ContainerImageTag>1</ContainerImageTag><ContainerImageTags>2</ContainerImageTags></PropertyGroup>");

    [TestMethod]
    [DataRow("0")]
    [DataRow("99999")]
    [DataRow("-1")]
    [DataRow("http")]
    [DataRow("80/sctp")]
    [DataRow("8080-8090")]
    public void A_malformed_port_is_refused(string port) => RefusedIn("CSDK1005", $"<ItemGroup><ContainerPort Include=\"{port}\" /></ItemGroup>");

    [TestMethod]
    public void An_unknown_type_of_port_is_refused() => RefusedIn("CSDK1005", "<ItemGroup><ContainerPort Include=\"80\" Type=\"sctp\" /></ItemGroup>");

    [TestMethod]
    [DataRow("B@d.Name")]
    [DataRow("1A")]
    [DataRow("A=B")]
    [DataRow("A:B")]
    public void A_malformed_name_of_a_variable_is_refused(string name) => RefusedIn("CSDK1006", $"<ItemGroup><ContainerEnvironmentVariable Include=\"{name}\" Value=\"x\" /></ItemGroup>");

    [TestMethod]
    public void A_label_with_control_characters_is_refused() => RefusedIn("CSDK1018", "<ItemGroup><ContainerLabel Include=\"a\" Value=\"%07\" /></ItemGroup>");

    [TestMethod]
    public void A_relative_volume_is_refused() => RefusedIn("CSDK1019", "<ItemGroup><ContainerVolume Include=\"data\" /></ItemGroup>");

    [TestMethod]
    [DataRow("ContainerImageFormat", "tar")]
    [DataRow("ContainerStrategy", "Layer")]
    [DataRow("ContainerBackend", "Docker")]
    [DataRow("ContainerCacheMode", "write")]
    [DataRow("ContainerAppCommandInstruction", "Command")]
    [DataRow("ContainerDeliver", "maybe")]
    public void A_value_that_a_property_does_not_have_is_refused(string property, string value) => Refused("CSDK1007", $"-p:{property}={value}");

    [TestMethod]
    [DataRow("ContainerMaxLayers", "0")]
    [DataRow("ContainerMaxLayers", "many")]
    [DataRow("ContainerCacheMaxSize", "-1")]
    public void A_number_out_of_range_is_refused(string property, string value) => Refused("CSDK1024", $"-p:{property}={value}");

    [TestMethod]
    public void A_malformed_SOURCE_DATE_EPOCH_is_refused()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.Environment["SOURCE_DATE_EPOCH"] = "yesterday";
        IsRefused(sandbox, "CSDK1024");
    }

    [TestMethod]
    [DataRow("app")]
    [DataRow("/app/../etc")]
    public void A_malformed_working_directory_is_refused(string path) => Refused("CSDK1019", $"-p:ContainerWorkingDirectory={path}");

    [TestMethod]
    [DataRow("a b")]
    [DataRow("a:b:c")]
    public void A_malformed_user_is_refused(string user) => Refused("CSDK1020", $"-p:ContainerUser={user}");

    [TestMethod]
    [DataRow("CSDK1017", "osx-arm64")]
    [DataRow("CSDK1017", "linux")]
    [DataRow("CSDK1026", "win-x64")]
    public void A_platform_that_no_image_has_is_refused(string code, string rid) => Refused(code, $"-p:ContainerRuntimeIdentifier={rid}");

    [TestMethod]
    [DataRow("oci://x")]
    [DataRow("oci:")]
    [DataRow("https://registry.example.com")]
    [DataRow("registry.example.com/path")]
    [DataRow("registry.example.com:99999")]
    public void A_malformed_registry_is_refused(string registry) => Refused("CSDK1004", $"-p:ContainerRegistry={registry}");

    [TestMethod]
    [DataRow("CSDK1004", "oci://x")]
    [DataRow("CSDK1004", "https://registry.example.com/app:1")]
    [DataRow("CSDK1004", "oci:folder:")]
    [DataRow("CSDK1003", "registry.example.com/app:1+2")]
    [DataRow("CSDK1002", "registry.example.com/App")]
    [DataRow("CSDK1001", "registry.example.com/app@sha256:123")]
    public void A_malformed_base_is_refused(string code, string reference) => Refused(code, $"-p:ContainerBaseImage={reference}");

    [TestMethod]
    public void A_file_whose_name_deletes_files_of_lower_layers_is_refused()
    {
        using var sandbox = new Sandbox().BuiltConsole("""<ItemGroup><None Include=".wh.passwd" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>""").Write("app/.wh.passwd", "");
        IsRefused(sandbox, "CSDK6003");
    }

    private static void RefusedIn(string code, string content)
    {
        using var sandbox = new Sandbox().BuiltConsole(content);
        IsRefused(sandbox, code);
    }

    private static void Refused(string code, params string[] arguments)
    {
        using var sandbox = new Sandbox().BuiltConsole();
        IsRefused(sandbox, code, arguments);
    }

    private static void IsRefused(Sandbox sandbox, string code, params string[] arguments)
    {
        sandbox.PublishBuilt(arguments).RefusedWith(code);
        Assert.AreEqual(code, (string?)sandbox.Failure()["code"]);
        Assert.AreEqual(0, sandbox.PackedLayers());
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }
}
