using System.Diagnostics;

namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class FileLockTests
{
    [TestMethod]
    public async Task One_at_a_time_has_the_lock()
    {
        using var folder = new TestFolder();
        var (inside, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10; i++)
            {
                using (FileLock.Acquire(folder["lock"]))
                {
                    most = Math.Max(most, Interlocked.Increment(ref inside));
                    Thread.Sleep(1);
                    Interlocked.Decrement(ref inside);
                }
            }
        })));
        Assert.AreEqual(1, most);
    }

    [TestMethod]
    public void Another_process_does_not_get_a_lock_that_is_held()
    {
        using var folder = new TestFolder();
        using (FileLock.Acquire(folder["lock"])) Assert.AreEqual(1, Gnu.Run("flock", "-n", folder["lock"], "true").Code);
        Assert.AreEqual(0, Gnu.Run("flock", "-n", folder["lock"], "true").Code);
    }

    [TestMethod]
    public void A_lock_ends_with_the_process_that_held_it()
    {
        using var folder = new TestFolder();
        // Without a shell in between, the process that is killed is the one that holds the lock.
        _ = Gnu.Run("flock", "--version");
        using var holder = Process.Start(new ProcessStartInfo("flock", ["--no-fork", folder["lock"], "sleep", "600"]))!;
        while (!File.Exists(folder["lock"]) || Gnu.Run("flock", "-n", folder["lock"], "true").Code == 0) Thread.Sleep(5);
        var waiting = Task.Run(() => FileLock.Acquire(folder["lock"]));
        Assert.IsFalse(waiting.Wait(100));
        holder.Kill();
        Assert.IsTrue(waiting.Wait(TimeSpan.FromSeconds(20)));
        waiting.Result.Dispose();
    }

    [TestMethod]
    public void A_lock_that_cannot_be_made_fails_at_once()
    {
        using var folder = new TestFolder();
        folder.Write("file", []);
        Expect.Failure(Diagnostics.NotWritable, () => FileLock.Acquire(folder["file/lock"]));
        Expect.Failure(Diagnostics.NotWritable, () => FileLock.Acquire(folder["no/lock"]));
    }
}
