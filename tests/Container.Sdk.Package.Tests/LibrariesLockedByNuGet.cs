namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class LibrariesLockedByNuGet
{
    private const string WithLockFile = "<PropertyGroup><RestorePackagesWithLockFile>true</RestorePackagesWithLockFile></PropertyGroup>";

    [TestMethod]
    [DataRow("packages.lock.json", "")]
    [DataRow("packages.app.lock.json", "")]
    [DataRow("locks/mine.json", "<PropertyGroup><NuGetLockFilePath>locks/mine.json</NuGetLockFilePath></PropertyGroup>")]
    public void What_the_lock_file_of_NuGet_has_stays_although_newer_versions_are_published(string file, string property)
    {
        using var sandbox = new Sandbox().WithSource().Has("Acme.A 1.0.0", "Acme.C [1.0.0, )").Has("Acme.C 1.1.0").Uses("app", ["Acme.A 1.*"], WithLockFile + property);
        // NuGet writes to the second of its standard names where it is there.
        if (property.Length == 0) sandbox.Write($"app/{file}", """{"version": 1, "dependencies": {}}""");
        sandbox.Dotnet("app", "restore").SucceededQuietly();
        sandbox.Has("Acme.A 1.1.0", "Acme.C [1.0.0, )").Has("Acme.C 1.0.0");
        using var clone = sandbox.Clone("app", "libraries");
        var before = File.ReadAllText(clone.PathOf($"app/{file}"));

        clone.Dotnet("app", "restore", "--locked-mode").SucceededQuietly();
        Expect.Sequence(clone.Restored("app"), "Acme.A 1.0.0", "Acme.C 1.1.0");
        clone.Dotnet("app", "restore").SucceededQuietly();
        Assert.AreEqual(before, File.ReadAllText(clone.PathOf($"app/{file}")));
        Expect.Sequence(clone.Restored("app"), "Acme.A 1.0.0", "Acme.C 1.1.0");

        clone.Dotnet("app", "restore", "--force-evaluate").SucceededQuietly();
        Expect.Sequence(clone.Restored("app"), "Acme.A 1.1.0", "Acme.C 1.0.0");
    }

    [TestMethod]
    public void Locked_mode_refuses_a_reference_that_was_added_meanwhile()
    {
        using var sandbox = new Sandbox().WithSource().Has("Acme.A 1.0.0").Has("Acme.B 1.0.0").Uses("app", ["Acme.A 1.*"], WithLockFile);
        sandbox.Dotnet("app", "restore").SucceededQuietly();
        sandbox.Uses("app", ["Acme.A 1.*", "Acme.B 1.0.0"], WithLockFile);
        sandbox.Dotnet("app", "restore", "--locked-mode").RefusedWith("NU1004");
        sandbox.Dotnet("app", "restore").SucceededQuietly();
        sandbox.Dotnet("app", "restore", "--locked-mode").SucceededQuietly();
    }

    [TestMethod]
    public void A_diamond_stays_as_it_is_locked_and_may_be_changed_afterwards()
    {
        using var sandbox = new Sandbox().WithSource().Has("Acme.A 1.0.0", "Acme.C [1.0.0, )").Has("Acme.B 1.0.0", "Acme.C [1.5.0, )").Has("Acme.C 1.0.0").Has("Acme.C 1.5.0").Has("Acme.D 1.0.0")
            .Uses("app", ["Acme.A 1.0.0", "Acme.B 1.0.0"], WithLockFile);
        sandbox.Dotnet("app", "restore").SucceededQuietly();
        using var clone = sandbox.Clone("app", "libraries");
        clone.Dotnet("app", "restore", "--locked-mode").SucceededQuietly();
        Expect.Sequence(clone.Restored("app"), "Acme.A 1.0.0", "Acme.B 1.0.0", "Acme.C 1.5.0");
        clone.Uses("app", ["Acme.A 1.0.0", "Acme.B 1.0.0", "Acme.D 1.0.0"], WithLockFile);
        clone.Dotnet("app", "restore").SucceededQuietly();
        Expect.Sequence(clone.Restored("app"), "Acme.A 1.0.0", "Acme.B 1.0.0", "Acme.C 1.5.0", "Acme.D 1.0.0");
    }
}
