namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class SecretFilesTests
{
    [TestMethod]
    [DataRow("secrets.json")]
    [DataRow(".env")]
    [DataRow(".env.production")]
    [DataRow("config/.ENV")]
    [DataRow(".netrc")]
    [DataRow(".npmrc")]
    [DataRow(".dockerconfigjson")]
    [DataRow("keys/id_rsa")]
    [DataRow("id_ed25519")]
    [DataRow("certs/site.pfx")]
    [DataRow("SITE.PFX")]
    [DataRow("site.p12")]
    [DataRow("site.key")]
    [DataRow("release.keystore")]
    [DataRow("Properties/FolderProfile.pubxml.user")]
    public void Some_names_are_secret(string path) => Assert.IsTrue(SecretFiles.IsSecretName(path));

    [TestMethod]
    [DataRow("appsettings.json")]
    [DataRow("secrets.json.md")]
    [DataRow("mysecrets.json")]
    [DataRow("environment.json")]
    [DataRow(".envrc.md")]
    [DataRow("id_rsa.pub")]
    [DataRow("secrets.json/readme.txt")]
    [DataRow("Acme.Key.dll")]
    [DataRow("site.crt")]
    [DataRow("nuget.config")]
    public void Other_names_are_not(string path) => Assert.IsFalse(SecretFiles.IsSecretName(path));

    [TestMethod]
    [DataRow("nuget.config")]
    [DataRow("NuGet.Config")]
    [DataRow("a/config.json")]
    [DataRow("certs/site.pem")]
    public void Some_files_have_to_be_read(string path) => Assert.IsTrue(SecretFiles.MayBeSecret(path));

    [TestMethod]
    [DataRow("appsettings.json")]
    [DataRow("app.config")]
    [DataRow("myconfig.json")]
    public void Other_files_have_not(string path) => Assert.IsFalse(SecretFiles.MayBeSecret(path));

    [TestMethod]
    [DataRow("<configuration><packageSourceCredentials><feed/></packageSourceCredentials></configuration>")]
    [DataRow("<configuration><apikeys><add key='x' value='y'/></apikeys></configuration>")]
    [DataRow("-----BEGIN PRIVATE KEY-----\nMII")]
    [DataRow("-----BEGIN RSA PRIVATE KEY-----")]
    [DataRow("{\"auths\":{\"registry.example.com\":{\"auth\":\"dTpw\"}}}")]
    public void Some_content_is_secret(string content) => Assert.IsTrue(SecretFiles.IsSecretContent(content));

    [TestMethod]
    [DataRow("<configuration><packageSources><clear/></packageSources></configuration>")]
    [DataRow("-----BEGIN CERTIFICATE-----\nMII")]
    [DataRow("{\"auths\":{}}")]
    [DataRow("{\"credsStore\":\"desktop\"}")]
    [DataRow("")]
    public void Other_content_is_not(string content) => Assert.IsFalse(SecretFiles.IsSecretContent(content));
}
