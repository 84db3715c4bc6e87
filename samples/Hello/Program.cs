Console.WriteLine($"Hello from {Environment.UserName} on .NET {Environment.Version}");
