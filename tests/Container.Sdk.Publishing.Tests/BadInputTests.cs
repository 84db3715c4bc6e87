namespace Container.Sdk.Publishing.Tests;

/// <summary>What is malformed is refused with its code before anything is packed, and nothing is written anywhere.</summary>
[TestClass]
public sealed class BadInputTests : IDisposable
{
    private readonly TestApp _app = new();

    [TestMethod]
    [DataRow("*x")]
    [DataRow("-x")]
    [DataRow("a//b")]
    [DataRow("/a")]
    public Task A_malformed_repository_is_refused(string name) => Refused("CSDK1002", "ContainerRepository", name);

    [TestMethod]
    [DataRow("1.0+5")]
    [DataRow(".1")]
    [DataRow("a b")]
    [DataRow("a:b")]
    [DataRow("ä")]
    public Task A_malformed_tag_is_refused(string tag) => Refused("CSDK1003", "ContainerImageTag", tag);

    [TestMethod]
    public Task A_tag_of_129_characters_is_refused() => Refused("CSDK1003", "ContainerImageTag", new string('a', 129));

    [TestMethod]
    public Task One_malformed_tag_of_several_is_refused() => Refused("CSDK1003", "ContainerImageTags", "1.0;1.0+5");

    [TestMethod]
    [DataRow(";")]
    [DataRow(" ; ")]
    public Task A_list_of_no_tags_is_refused(string tags) => Refused("CSDK1003", "ContainerImageTags", tags);

    [TestMethod]
    public Task A_tag_beside_a_list_of_tags_is_refused() => _app.With("ContainerImageTag", "1").With("ContainerImageTags", "2").RefusedAsync("CSDK1009");

    [TestMethod]
    [DataRow("0")]
    [DataRow("99999")]
    [DataRow("-1")]
    [DataRow("http")]
    [DataRow("80/sctp")]
    [DataRow("8080-8090")]
    public Task A_malformed_port_is_refused(string port) => _app.Has("ContainerPort", port).RefusedAsync("CSDK1005");

    [TestMethod]
    public Task An_unknown_type_of_port_is_refused() => _app.Has("ContainerPort", "80", ("Type", "sctp")).RefusedAsync("CSDK1005");

    [TestMethod]
    [DataRow("B@d.Name")]
    [DataRow("1A")]
    [DataRow("A=B")]
    [DataRow("A:B")]
    public Task A_malformed_name_of_a_variable_is_refused(string name) => _app.Has("ContainerEnvironmentVariable", name, ("Value", "x")).RefusedAsync("CSDK1006");

    [TestMethod]
    public Task A_label_with_control_characters_is_refused() => _app.Has("ContainerLabel", "a", ("Value", "\a")).RefusedAsync("CSDK1018");

    [TestMethod]
    public Task A_relative_volume_is_refused() => _app.Has("ContainerVolume", "data").RefusedAsync("CSDK1019");

    [TestMethod]
    [DataRow("ContainerImageFormat", "tar")]
    [DataRow("ContainerStrategy", "Layer")]
    [DataRow("ContainerBackend", "Docker")]
    [DataRow("ContainerCacheMode", "write")]
    [DataRow("ContainerAppCommandInstruction", "Command")]
    [DataRow("ContainerDeliver", "maybe")]
    [DataRow("ContainerRequireSharedLayers", "sometimes")]
    [DataRow("ContainerBundleLibraries", "some")]
    [DataRow("ContainerLockedMode", "on")]
    [DataRow("ContainerImageKind", "Applet")]
    public Task A_value_that_a_property_does_not_have_is_refused(string property, string value) => Refused("CSDK1007", property, value);

    [TestMethod]
    [DataRow("ContainerMaxLayers", "0")]
    [DataRow("ContainerMaxLayers", "many")]
    [DataRow("ContainerCacheMaxSize", "-1")]
    public Task A_number_out_of_range_is_refused(string property, string value) => Refused("CSDK1024", property, value);

    [TestMethod]
    public Task A_malformed_SOURCE_DATE_EPOCH_is_refused()
    {
        _app.Environment["SOURCE_DATE_EPOCH"] = "yesterday";
        return _app.RefusedAsync("CSDK1024");
    }

    [TestMethod]
    [DataRow("app")]
    [DataRow("/app/../etc")]
    public Task A_malformed_working_directory_is_refused(string path) => Refused("CSDK1019", "ContainerWorkingDirectory", path);

    [TestMethod]
    [DataRow("a b")]
    [DataRow("a:b:c")]
    public Task A_malformed_user_is_refused(string user) => Refused("CSDK1020", "ContainerUser", user);

    [TestMethod]
    [DataRow("CSDK1017", "osx-arm64")]
    [DataRow("CSDK1017", "linux")]
    [DataRow("CSDK1026", "win-x64")]
    public Task A_platform_that_no_image_has_is_refused(string code, string rid) => Refused(code, "ContainerRuntimeIdentifier", rid);

    [TestMethod]
    public Task Several_platforms_at_once_are_refused() =>
        _app.With("ContainerRuntimeIdentifier", "").With("ContainerRuntimeIdentifiers", "linux-x64;linux-arm64").RefusedAsync("CSDK1022");

    [TestMethod]
    [DataRow("oci://x")]
    [DataRow("oci:")]
    [DataRow("https://registry.example.com")]
    [DataRow("registry.example.com/path")]
    [DataRow("registry.example.com:99999")]
    public Task A_malformed_registry_is_refused(string registry) => Refused("CSDK1004", "ContainerRegistry", registry);

    [TestMethod]
    [DataRow("CSDK1004", "oci://x")]
    [DataRow("CSDK1004", "https://registry.example.com/app:1")]
    [DataRow("CSDK1004", "oci:folder:")]
    [DataRow("CSDK1003", "registry.example.com/app:1+2")]
    [DataRow("CSDK1002", "registry.example.com/App")]
    [DataRow("CSDK1001", "registry.example.com/app@sha256:123")]
    public Task A_malformed_base_is_refused(string code, string reference) => Refused(code, "ContainerBaseImage", reference);

    [TestMethod]
    [DataRow("BuildFromSource", "BuiltIn")]
    [DataRow("PackageFeed", "BuiltIn")]
    [DataRow("MultiStage", "BuiltIn")]
    [DataRow("BuilderPattern", "Dockerfile")]
    public Task A_back_end_that_a_strategy_does_not_allow_is_refused(string strategy, string backEnd) => _app.With("ContainerStrategy", strategy).With("ContainerBackend", backEnd).RefusedAsync("CSDK1008");

    [TestMethod]
    public Task A_library_that_is_published_in_Debug_is_refused() =>
        _app.With("ContainerImageKind", "Library").With("Configuration", "Debug").RefusedAsync("CSDK1029");

    [TestMethod]
    public Task A_file_whose_name_deletes_files_of_lower_layers_is_refused() => _app.Publish(".wh.passwd", "").RefusedAsync("CSDK6003");

    [TestMethod]
    public Task A_file_that_is_listed_and_not_there_is_refused() => _app.List("gone.dll").RefusedAsync("CSDK6008");

    [TestMethod]
    public void Every_mistake_is_told_and_not_only_the_first()
    {
        _app.With("ContainerImageTag", "a b").With("ContainerUser", "a b").Has("ContainerPort", "http").Has("ContainerPort", "0").Has("ContainerVolume", "data");
        var mistakes = Assert.ThrowsExactly<RequestException>(() => _app.Request()).Mistakes;
        Expect.Sequence(mistakes.Select(m => m.Diagnostic.Code).Order(StringComparer.Ordinal), "CSDK1003", "CSDK1005", "CSDK1005", "CSDK1019", "CSDK1020");
    }

    public void Dispose() => _app.Dispose();

    private Task<ContainerException> Refused(string code, string property, string value) => _app.With(property, value).RefusedAsync(code);
}
