using System.Reflection;

namespace Container.Sdk;

/// <summary>
/// The table of diagnostics. 1xxx input, 2xxx credentials and trust, 3xxx transport, 4xxx integrity, 5xxx resolving
/// versions, 6xxx content, 7xxx supply chain, 8xxx cache and disk, 9xxx engines. A code never changes its meaning.
/// Every row has a page in docs/diagnostics.
/// </summary>
public static class Diagnostics
{
    // 1xxx: input
    /// <summary>A digest is not <c>sha256:</c> with 64, or <c>sha512:</c> with 128, lower-case hexadecimal digits.</summary>
    public static readonly Diagnostic InvalidDigest = new("CSDK1001", "'{0}' is not a digest. A digest is 'sha256:' and 64 lower-case hexadecimal digits (or 'sha512:' and 128).");
    /// <summary>A repository name does not follow the distribution specification.</summary>
    public static readonly Diagnostic InvalidRepository = new("CSDK1002", "'{0}' is not a repository name. It has parts of lower-case letters and digits, joined inside by '.', '_', '__' or '-' and separated by '/'; set ContainerRepository, or whatever property says it, to such a name.");
    /// <summary>A tag does not follow the distribution specification.</summary>
    public static readonly Diagnostic InvalidTag = new("CSDK1003", "'{0}' is not a tag. A tag has at most 128 letters, digits, '_', '.' and '-', and starts with a letter, a digit or '_'; '+' is not allowed, write '_' or '-' in ContainerImageTag(s) instead.");
    /// <summary>An image reference cannot be read.</summary>
    public static readonly Diagnostic InvalidReference = new("CSDK1004", "'{0}' names no image: {1}. Write host[:port]/repository[:tag][@digest], oci:FOLDER:repository[:tag], oci-archive:FILE, docker-archive:FILE, docker-daemon:NAME or scratch.");
    /// <summary>A port is no number from 1 to 65535, or its type is neither tcp nor udp.</summary>
    public static readonly Diagnostic InvalidPort = new("CSDK1005", "ContainerPort '{0}' with Type '{1}' is no port. A port is a number from 1 to 65535, its Type is tcp or udp.");
    /// <summary>The name of an environment variable is not portable.</summary>
    public static readonly Diagnostic InvalidEnvironmentName = new("CSDK1006", "ContainerEnvironmentVariable '{0}' is no name for an environment variable. It has letters, digits and '_' and does not start with a digit; use '__' where .NET configuration has ':'.");
    /// <summary>A property has a value that is none of its values.</summary>
    public static readonly Diagnostic UnknownValue = new("CSDK1007", "{0} is '{1}', which is none of its values: {2}.");
    /// <summary>A back end that the strategy does not have.</summary>
    public static readonly Diagnostic BackendNotOfStrategy = new("CSDK1008", "ContainerBackend={0} and ContainerStrategy={1} do not go together: {2}. Leave ContainerBackend away, or choose another strategy.");
    /// <summary>Two properties contradict each other.</summary>
    public static readonly Diagnostic Contradiction = new("CSDK1009", "{0} and {1} contradict each other: {2}.");
    /// <summary>The SDK is imported in Directory.Build.props or Directory.Build.targets.</summary>
    public static readonly Diagnostic ImportedTooEarly = new("CSDK1010", "Container.Sdk is imported in Directory.Build.props or Directory.Build.targets, which are read before the project says what it is. Put <Sdk Name=\"Container.Sdk\" /> into each project file, and the version into global.json (msbuild-sdks).");
    /// <summary>The SDK is imported twice.</summary>
    public static readonly Diagnostic ImportedTwice = new("CSDK1011", "Container.Sdk is imported twice, as an SDK and as a package. Keep one: the <Sdk> element, or the PackageReference.");
    /// <summary>The .NET SDK is too old.</summary>
    public static readonly Diagnostic SdkTooOld = new("CSDK1012", "Container.Sdk needs the .NET SDK 10.0.100 or newer; this build runs on {0}. Install it, or change the version in global.json.");
    /// <summary>A project of several frameworks was published without naming one.</summary>
    public static readonly Diagnostic FrameworkNeeded = new("CSDK1013", "{0} has several target frameworks ({1}), and an image holds one. Add -f with the one to publish.");
    /// <summary>An image was asked for from a project that makes none.</summary>
    public static readonly Diagnostic NoImageProject = new("CSDK1014", "{0} makes no image: {1}. An image was asked for by the target PublishContainer; ask for it in an executable project.");
    /// <summary><c>dotnet build -t:PublishContainer</c> would make another image than <c>dotnet publish</c>.</summary>
    public static readonly Diagnostic PublishNeeded = new("CSDK1015", "{0} is set and works with 'dotnet publish' only; 'dotnet build -t:PublishContainer' would make another image. Use 'dotnet publish -t:PublishContainer'.");
    /// <summary>Two projects would write the same image.</summary>
    public static readonly Diagnostic SameImageTwice = new("CSDK1016", "{0} and {1} would both write {2}. Give one of them another ContainerRepository or ContainerImageTag.");
    /// <summary>A runtime identifier names no platform that an image can have.</summary>
    public static readonly Diagnostic UnknownPlatform = new("CSDK1017", "'{0}' is no platform for an image. Use a runtime identifier such as linux-x64, linux-arm64 or linux-musl-x64.");
    /// <summary>A label has no usable name or value.</summary>
    public static readonly Diagnostic InvalidLabel = new("CSDK1018", "ContainerLabel '{0}' cannot be written: a label's name is not empty, and neither name nor value has control characters.");
    /// <summary>A path in the image is not absolute, or leads upwards.</summary>
    public static readonly Diagnostic InvalidImagePath = new("CSDK1019", "{0} '{1}' is no path in the image. It starts with '/' and has no '..'.");
    /// <summary>The user name cannot be written.</summary>
    public static readonly Diagnostic InvalidUser = new("CSDK1020", "ContainerUser '{0}' is no user. Write a name or a number, and perhaps ':' and a group.");
    /// <summary>Entrypoint and command are contradictory.</summary>
    public static readonly Diagnostic EntrypointConflict = new("CSDK1021", "The container's command is contradictory: {0}.");
    /// <summary>Several platforms in one publish.</summary>
    public static readonly Diagnostic SeveralPlatforms = new("CSDK1022", "{0} asks for several platforms ({1}); this version makes one image per publish. Publish with -r for each, under a tag of its own.");
    /// <summary>An obsolete property is used.</summary>
    public static readonly Diagnostic Obsolete = new("CSDK1023", "{0} is obsolete. Use {1}.");
    /// <summary>A number is out of its range.</summary>
    public static readonly Diagnostic InvalidNumber = new("CSDK1024", "{0} is '{1}'. It takes {2}.");
    /// <summary>The base has an entrypoint that the app replaces.</summary>
    public static readonly Diagnostic BaseEntrypointReplaced = new("CSDK1025", "The base image has the entrypoint '{0}', and the app's command takes its place. Set ContainerAppCommandInstruction to DefaultArgs to keep it, or to Entrypoint to say that this is meant.");
    /// <summary>An image for Windows.</summary>
    public static readonly Diagnostic WindowsImage = new("CSDK1026", "'{0}' is a Windows platform, and this version packs images for Linux. Set ContainerRuntimeIdentifier to linux-x64 or linux-arm64; apps without native code run there as they are.");
    /// <summary>An item that says where library images lie cannot be read.</summary>
    public static readonly Diagnostic InvalidLibrarySource = new("CSDK1027", "ContainerLibrarySource '{0}' does not say where its library images lie: {1}.");
    /// <summary>Two sources claim the same packages.</summary>
    public static readonly Diagnostic LibrarySourceTwice = new("CSDK1028", "Two ContainerLibrarySource items claim '{0}': {1} and {2}. A package belongs to one repository; keep one of them, or make a pattern narrower.");
    /// <summary>A library is published in Debug.</summary>
    public static readonly Diagnostic LibraryInDebug = new("CSDK1029", "{0} is a library and was built in the configuration Debug, which is not for others to use. Publish it with -c Release.");
    /// <summary>Library images were asked for where restore cannot be prepared.</summary>
    public static readonly Diagnostic SdkNeeded = new("CSDK1030", "{0} has ContainerLibrarySource items and imports Container.Sdk by PackageReference, which NuGet reads only after restore: library images cannot be offered to it. Write <Sdk Name=\"Container.Sdk\" Version=\"…\" /> into the project instead of the PackageReference.");
    /// <summary>Something is no package id.</summary>
    public static readonly Diagnostic InvalidPackageId = new("CSDK1031", "'{0}' is no package id that an image can carry. It has at most 100 letters, digits and '_', joined by '.' or '-'.");
    /// <summary>Something is no version.</summary>
    public static readonly Diagnostic InvalidVersion = new("CSDK1032", "'{0}' is no version or range of {1}. Write 1.2.3, [1.2,2.0) or 1.*, as NuGet knows them.");
    /// <summary>Library images of many projects need a registry or a folder.</summary>
    public static readonly Diagnostic LibraryNeedsRegistry = new("CSDK1033", "{0} is a library, whose image other projects restore from, and has no place where they find it: {1}. Set ContainerRegistry to a registry or a folder (oci:FOLDER).");
    /// <summary>A value that the text of a Dockerfile cannot have.</summary>
    public static readonly Diagnostic NotInDockerfile = new("CSDK1034", "{0} is '{1}', and a Dockerfile cannot say that: a line break ends an instruction, and spaces or quotes around a path are not part of it. Change the value, or set ContainerBackend=BuiltIn, which takes it as it is.");
    /// <summary>A Dockerfile that a person owns, and a project that has changed since.</summary>
    public static readonly Diagnostic DockerfileOutOfDate = new("CSDK1035", "'{0}' was changed by somebody, and the project has changed since it was generated; it is built as it is. What would be generated now differs in:\n{1}\nTake over what you want, and the last line of '{2}' with it; or delete the file to have it generated.");
    /// <summary>The built-in back end runs nothing.</summary>
    public static readonly Diagnostic StepNeedsDockerfile = new("CSDK1036", "{0} '{1}' runs a program in the image, and the built-in back end runs none. Set ContainerBackend=Dockerfile, which lets an engine do it.");
    /// <summary>Not a name of a system package.</summary>
    public static readonly Diagnostic InvalidSystemPackage = new("CSDK1037", "'{0}' is no name of a system package. It has letters, digits, '+', '-', '.', '_' and ':', and perhaps '=' and a version.");
    /// <summary>A step for a stage that there is not.</summary>
    public static readonly Diagnostic NoBuildStage = new("CSDK1038", "{0} '{1}' is for the build stage, and with ContainerStrategy={2} there is none: this machine compiles. Use MultiStage, BuildFromSource or PackageFeed, or leave Stage away.");
    /// <summary>A project reads a file that the builder does not have.</summary>
    public static readonly Diagnostic SourceOutside = new("CSDK1040", "{0} is compiled from {1}, which lies outside of {2}, and the builder reads only what is in there. Move the file into the repository, or choose a strategy that compiles on this machine (Layered, CopyFromImage).");
    /// <summary>A project was not restored.</summary>
    public static readonly Diagnostic SourcesNotRestored = new("CSDK1041", "{0} cannot be described: {1}. Run dotnet restore, or dotnet publish without --no-restore.");
    /// <summary>A project cannot be evaluated.</summary>
    public static readonly Diagnostic SourceNotRead = new("CSDK1042", "{0} cannot be read: {1}. Mend the project, or the reference to it.");
    /// <summary>A strategy that compiles in a container was asked for where the compiler here cannot be left out.</summary>
    public static readonly Diagnostic SdkNeededForSources = new("CSDK1043", "{0} has ContainerStrategy={1}, which compiles in a container, and imports Container.Sdk by PackageReference, with which dotnet publish compiles on this machine first. Write <Sdk Name=\"Container.Sdk\" Version=\"…\" /> into the project instead of the PackageReference.");
    /// <summary>Credentials that only another user or machine can read.</summary>
    public static readonly Diagnostic EncryptedCredentials = new("CSDK1044", "The password of the package source '{0}' in {1} is encrypted, and cannot be decrypted here. Set the environment variable NuGetPackageSourceCredentials_{0}, or ClearTextPassword with an environment variable in it.");
    /// <summary>An app on the base of its library refers to several libraries.</summary>
    public static readonly Diagnostic SeveralBases = new("CSDK1060", "{0} would start from several base images ({1}), and an image has one base. Set ContainerBundleLibraries=true, which makes one base of all its libraries; or take another strategy: with ContainerStrategy=CopyFromImage any number of libraries is copied.");
    /// <summary>The base image of a library is not there.</summary>
    public static readonly Diagnostic BaseNotPublished = new("CSDK1061", "{0} starts from {1}, and that image is not there. Publish the library first, with ContainerImageKind=Library and ContainerStrategy=BaseImage; or set ContainerBundleLibraries=true, which makes a base for this app.");
    /// <summary>The runtime of a base does not fit the app.</summary>
    public static readonly Diagnostic BaseDoesNotFit = new("CSDK1062", "{0} cannot run on its base {1}: {2}. Publish the library for the app's framework, or set ContainerBaseImage.");
    /// <summary>The base brings another version of something.</summary>
    public static readonly Diagnostic BaseReplaced = new("CSDK1063", "{0} brings its own form of {1} that its base has in another: {2}. Its own are used. Build both with the same versions, so that nothing is in the image twice.");
    /// <summary>Publishing in a tool container failed.</summary>
    public static readonly Diagnostic PublishFailedInContainer = new("CSDK1064", "{0} could not be published in a container of {1}. It says:\n{2}\nMend what it complains of; 'dotnet publish -p:ContainerPublish=false' compiles on this machine.");

    // 2xxx: credentials and trust
    /// <summary>The registry refuses the credentials, or wants some.</summary>
    public static readonly Diagnostic Unauthorized = new("CSDK2001", "{0} refuses {1}: {2}. Sign in with 'docker login {0}', or set DOTNET_CONTAINER_REGISTRY_UNAME and DOTNET_CONTAINER_REGISTRY_PWORD.");
    /// <summary>The credentials are good, but they do not allow this.</summary>
    public static readonly Diagnostic Forbidden = new("CSDK2002", "{0} does not allow these credentials to {1}. Ask for that right on the repository.");
    /// <summary>A credential helper failed.</summary>
    public static readonly Diagnostic CredentialHelperFailed = new("CSDK2003", "The credential helper '{0}' for {1} failed: {2}. Repair it, or sign in again; nothing is sent without the credentials that are configured.");
    /// <summary>The token service is not to be trusted with credentials.</summary>
    public static readonly Diagnostic RealmRefused = new("CSDK2004", "{0} names '{1}' as its token service, and credentials are not sent there: {2}. If it is yours, add its host to ContainerTrustedTokenHosts.");
    /// <summary>A redirect leads where it may not.</summary>
    public static readonly Diagnostic RedirectRefused = new("CSDK2005", "{0} redirects to '{1}', which is not followed: {2}. Check the registry's reverse proxy (X-Forwarded-Proto, X-Forwarded-Host).");
    /// <summary>The certificate is not valid.</summary>
    public static readonly Diagnostic CertificateInvalid = new("CSDK2006", "The certificate of {0} is not valid: {1}. Add its authority to the machine's trusted certificates; for a registry without encryption, name it in DOTNET_CONTAINER_INSECURE_REGISTRIES.");
    /// <summary>The file with credentials cannot be read.</summary>
    public static readonly Diagnostic CredentialFileInvalid = new("CSDK2007", "The credentials in '{0}' cannot be read: {1}. Repair the file, or sign in again.");
    /// <summary>An image carries another library than the one that was asked for.</summary>
    public static readonly Diagnostic OtherLibrary = new("CSDK2008", "{0} was asked for {1}, and holds {2}. It is not used; find out who pushed it.");
    /// <summary>The same version of a package came from another repository before.</summary>
    public static readonly Diagnostic LibraryElsewhere = new("CSDK2009", "{0} {1} from {2} is not the one that {3} gave before. A version never changes its content: publish it under a new one. Where the old one was only tried out on this machine, delete it from 'packages' in the cache; for a registry with other content, set ContainerCacheDirectory to another folder.");

    // 3xxx: transport
    /// <summary>The registry does not answer.</summary>
    public static readonly Diagnostic Unreachable = new("CSDK3001", "{0} does not answer: {1}. Check the name, the port and the network.", Transient: true);
    /// <summary>The registry answers with an error.</summary>
    public static readonly Diagnostic RegistryError = new("CSDK3002", "{0} answers {1} to {2}: {3}.", Transient: true);
    /// <summary>The registry asks to wait longer than we do.</summary>
    public static readonly Diagnostic RateLimited = new("CSDK3003", "{0} limits the number of requests and asks to come back at {1}.", Transient: true);
    /// <summary>An image is not there.</summary>
    public static readonly Diagnostic ImageNotFound = new("CSDK3004", "The image {0} does not exist, or may not be seen with these credentials. Check its name and tag.");
    /// <summary>An image has no variant for the platform.</summary>
    public static readonly Diagnostic NoMatchingPlatform = new("CSDK3005", "{0} has no image for {1}; it has {2}. Choose another ContainerBaseImage or ContainerRuntimeIdentifier.");
    /// <summary>A blob could not be sent.</summary>
    public static readonly Diagnostic UploadFailed = new("CSDK3006", "{0} could not be sent to {1}: {2}.", Transient: true);
    /// <summary>The registry does not let this repository be written.</summary>
    public static readonly Diagnostic RepositoryRefused = new("CSDK3007", "{0} does not accept the repository {1}: {2}. Some registries want it created first.");
    /// <summary>After sending, the tag is another image's.</summary>
    public static readonly Diagnostic TagNotWritten = new("CSDK3008", "{0} was sent, but reads back as {1}. Somebody else may be writing the same tag; publish again.", Transient: true);

    // 4xxx: integrity
    /// <summary>Content is not what its digest says.</summary>
    public static readonly Diagnostic DigestMismatch = new("CSDK4001", "{0} from {1} is damaged: its digest is {2}. Nothing of it was used; try again, and if it stays so, the image must be published anew.", Transient: true);
    /// <summary>Content has not the size that its descriptor says.</summary>
    public static readonly Diagnostic SizeMismatch = new("CSDK4002", "{0} from {1} is damaged: it has {2} bytes where {3} are promised. Nothing of it was used.", Transient: true);
    /// <summary>A document is no image.</summary>
    public static readonly Diagnostic NotAnImage = new("CSDK4003", "{0} is not a container image: {1}.");
    /// <summary>An archive is damaged.</summary>
    public static readonly Diagnostic DamagedArchive = new("CSDK4004", "The archive '{0}' cannot be read: {1}. Make it anew.");
    /// <summary>A folder is no OCI image layout.</summary>
    public static readonly Diagnostic DamagedLayout = new("CSDK4005", "The folder '{0}' is no OCI image layout: {1}.");
    /// <summary>A layer lies somewhere else.</summary>
    public static readonly Diagnostic ForeignLayer = new("CSDK4006", "{0} has a layer that lies outside its registry ({1}); such layers are not used. Choose another base image.");
    /// <summary>A document is too large.</summary>
    public static readonly Diagnostic TooLarge = new("CSDK4007", "{0} from {1} is larger than the {2} bytes that are accepted.");
    /// <summary>An image is no library image.</summary>
    public static readonly Diagnostic NotALibrary = new("CSDK4008", "{0} is an image, but no library: {1}. Publish the library with ContainerImageKind=Library and ContainerStrategy=CopyFromImage.");
    /// <summary>A library image holds what it should not.</summary>
    public static readonly Diagnostic DamagedLibrary = new("CSDK4009", "{0} is not used: {1}. Publish the library anew.");

    // 5xxx: resolving versions
    /// <summary>There is no library image of this name.</summary>
    public static readonly Diagnostic LibraryNotFound = new("CSDK5001", "{0} has no library image: {1} does not exist, or has no tag that is a version. Publish the library there, or check ContainerLibrarySource.");
    /// <summary>No version fits.</summary>
    public static readonly Diagnostic NoVersionInRange = new("CSDK5002", "{0} {1} is asked for, and {2} has no such version; it has {3}.");
    /// <summary>A library depends on itself.</summary>
    public static readonly Diagnostic LibraryCycle = new("CSDK5003", "A library depends on itself: {0}. Publish one of them without that dependency.");
    /// <summary>The lock file does not cover what is asked for.</summary>
    public static readonly Diagnostic LockOutOfDate = new("CSDK5004", "ContainerLockedMode is on, and {0} does not cover this build:\n{1}\nRun 'dotnet msbuild -t:UpdateContainerLock' and commit the file.");
    /// <summary>The lock file cannot be read.</summary>
    public static readonly Diagnostic LockDamaged = new("CSDK5005", "The lock file '{0}' cannot be read: {1}.");
    /// <summary>A version would change its content.</summary>
    public static readonly Diagnostic VersionChanged = new("CSDK5006", "{0} is published already, with other content:\n{1}\nA version never changes. Give the library a new one.");
    /// <summary>NuGet took another package of the same version.</summary>
    public static readonly Diagnostic OtherPackage = new("CSDK5007", "{0} {1} was restored from '{2}', and is not the package of {3}: the version exists twice. Delete that folder and restore again, so that the library image's own package is used.");

    // 6xxx: content
    /// <summary>Files that look like secrets.</summary>
    public static readonly Diagnostic SecretFiles = new("CSDK6001", "The publish output has files that look like secrets, and an image is no place for them:\n{0}\nKeep them out with <Content Update=\"…\" CopyToPublishDirectory=\"Never\" />, or allow them with <ContainerAllowFile Include=\"…\" />.");
    /// <summary>A symbolic link leads outside.</summary>
    public static readonly Diagnostic LinkOutside = new("CSDK6002", "The symbolic link '{0}' leads to '{1}', outside of what is published. Publish the file itself.");
    /// <summary>A name that a layer cannot hold.</summary>
    public static readonly Diagnostic ImpossibleName = new("CSDK6003", "'{0}' cannot be put into a layer: {1}. Rename the file.");
    /// <summary>Files in the publish folder that the build does not know.</summary>
    public static readonly Diagnostic UnlistedFiles = new("CSDK6004", "{0} in the publish folder came from no item of this project and are not packed: {1}. Publish them with <Content Include=\"…\" CopyToPublishDirectory=\"PreserveNewest\" />, or delete them.");
    /// <summary>The bytes depend on the path of the checkout.</summary>
    public static readonly Diagnostic PathDependentRazor = new("CSDK6005", "The Razor files of {0} are compiled with symbols, which hold the path of this folder: the image differs between checkouts (dotnet/razor#7396). Set DebugType to none for the same image everywhere.");
    /// <summary>Two files have the same place.</summary>
    public static readonly Diagnostic SamePathTwice = new("CSDK6006", "Two files have the place '{0}' in the image: '{1}' and '{2}'. Rename or exclude one.");
    /// <summary>A file changed while it was packed.</summary>
    public static readonly Diagnostic FileChanged = new("CSDK6007", "'{0}' changed while it was packed. Publish again when nothing writes to it.", Transient: true);
    /// <summary>A file is missing.</summary>
    public static readonly Diagnostic FileMissing = new("CSDK6008", "'{0}' is to be packed and cannot be read: {1}. Build and publish again.");
    /// <summary>A referenced project does not import the SDK.</summary>
    public static readonly Diagnostic ReferenceWithoutSdk = new("CSDK6009", "{0} does not import Container.Sdk, so its layer holds the path of this checkout and changes from machine to machine. Add <Sdk Name=\"Container.Sdk\" /> to its project file.");
    /// <summary>A library's layer is not the library image's own.</summary>
    public static readonly Diagnostic LayerNotShared = new("CSDK6010", "The layer of {0} is not the library image's own, and ContainerRequireSharedLayers is on: {1}.");
    /// <summary>The bytes of a library were sent.</summary>
    public static readonly Diagnostic LibraryCopied = new("CSDK6011", "{0}: {1} bytes were copied to {2} instead of shared, {3}.");
    /// <summary>Git does not say when a project changed last.</summary>
    public static readonly Diagnostic NoHistory = new("CSDK6012", "Which commit changed {0} last is not known; its assembly names the newest one, so that its layer changes with every commit: {1}.");
    /// <summary>The tests of a library failed.</summary>
    public static readonly Diagnostic TestsFailed = new("CSDK6013", "{0} is not published: the tests of {1} failed.");
    /// <summary>A file in a folder that is a link, or has rights of its own, in most bases.</summary>
    public static readonly Diagnostic FileBehindLink = new("CSDK6014", "ContainerFile has the path '{0}', and '{1}' is a link, or has rights of its own, in most base images: a layer's folder would take its place. Write the path behind the link (/usr/lib, /run), or choose a folder that is nobody's, such as /srv or /opt.");

    // 8xxx: cache and disk
    /// <summary>The destination cannot be written.</summary>
    public static readonly Diagnostic NotWritable = new("CSDK8001", "'{0}' cannot be written: {1}.");
    /// <summary>No room.</summary>
    public static readonly Diagnostic DiskFull = new("CSDK8002", "There is no room left to write '{0}'. Free some, or set ContainerCacheDirectory to another disk.");
    /// <summary>The cache cannot be used.</summary>
    public static readonly Diagnostic CacheNotUsable = new("CSDK8003", "The layer cache '{0}' cannot be used: {1}. Set ContainerCacheDirectory to a folder of your own, or ContainerCacheMode to Off.");

    // 9xxx: engines
    /// <summary>No engine answers.</summary>
    public static readonly Diagnostic NoEngine = new("CSDK9001", "The image is to go to the local engine, and none answers ({0}). Start Docker or Podman; or name a registry: ContainerRegistry=registry.example.com, or a folder: ContainerRegistry=oci:images.");
    /// <summary>The engine fails.</summary>
    public static readonly Diagnostic EngineFailed = new("CSDK9002", "{0} failed to {1}: {2}.");
    /// <summary>A step of a Dockerfile failed.</summary>
    public static readonly Diagnostic BuildStepFailed = new("CSDK9003", "{0}: the step '{1}' failed: {2}. It says:\n{3}\nMend what it complains of, and build again.");
    /// <summary>An image that a Dockerfile names cannot be had.</summary>
    public static readonly Diagnostic BuildImageNotFound = new("CSDK9004", "{0}: an image that the build starts or copies from cannot be had: {1}. Check its name, and whether the engine reaches its registry and may read there.", Transient: true);
    /// <summary>No room where the engine builds.</summary>
    public static readonly Diagnostic EngineDiskFull = new("CSDK9005", "{0} has no room left to build {1}: {2}. Remove what it no longer needs ('docker builder prune', 'podman image prune', 'buildah rmi --prune'), or give it a larger disk.");
    /// <summary>A Dockerfile is not one.</summary>
    public static readonly Diagnostic InvalidDockerfile = new("CSDK9006", "{0}: {1} does not understand the Dockerfile: {2}. Correct that line; where the file was generated and not changed, update the engine.");
    /// <summary>A step needs a shell, and its image has none.</summary>
    public static readonly Diagnostic NoShell = new("CSDK9007", "{0}: the step '{1}' needs a shell, and the image that it runs in has none ({2}). Build in an image with a shell (ContainerBuildImage); steps that an image without one can run name a program: RUN [\"program\", \"argument\"].");
    /// <summary>The engine is too old.</summary>
    public static readonly Diagnostic EngineTooOld = new("CSDK9008", "{0} {1} is too old to build with; {2} or newer is needed. Update it, or set ContainerEngine to another engine.");
    /// <summary>Docker lacks buildx.</summary>
    public static readonly Diagnostic BuildxMissing = new("CSDK9009", "docker has no buildx plug-in, and images are built with BuildKit only: {0}. Install it (the package docker-buildx-plugin or docker-buildx), or set ContainerEngine to podman or buildah.");
    /// <summary>A build cache cannot be read or written.</summary>
    public static readonly Diagnostic BuildCacheFailed = new("CSDK9010", "A build cache cannot be used: {0}. Check ContainerBuildCacheFrom and ContainerBuildCacheTo.");
    /// <summary>A build failed in no step of its own.</summary>
    public static readonly Diagnostic BuildFailed = new("CSDK9011", "{0} could not build {1}: {2}.");
    /// <summary>A file that a step copies is not there.</summary>
    public static readonly Diagnostic NotInContext = new("CSDK9012", "{0}: the step '{1}' copies what is not there: {2}. It must lie below the folder that the build was given as its context ({3}), and no .dockerignore may leave it out.");
    /// <summary>There is no such builder.</summary>
    public static readonly Diagnostic BuilderNotFound = new("CSDK9013", "ContainerBuildxBuilder is '{0}', and docker cannot use it: {1}. 'docker buildx ls' says which builders there are.");
    /// <summary>A container did not run.</summary>
    public static readonly Diagnostic ContainerNotStarted = new("CSDK9014", "{0} could not run a container of {1}: {2}.");
    /// <summary>An engine is asked for what it cannot do.</summary>
    public static readonly Diagnostic EngineCannot = new("CSDK9015", "{0} cannot {1}, and {2} asks for it. Use {3}.");

    /// <summary>All rows, in the order of their codes.</summary>
    public static IReadOnlyList<Diagnostic> All =>
    [
        .. typeof(Diagnostics).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.FieldType == typeof(Diagnostic))
            .Select(f => (Diagnostic)f.GetValue(null)!)
            .OrderBy(d => d.Code, StringComparer.Ordinal),
    ];
}
