# shellcheck shell=bash disable=SC2154 # what it needs is set by who includes it
# The settings of skopeo, buildah and podman, which read the same files: their own, so that the machine needs none and its own
# registries, policies, images and credentials stay out of the tests.
# Needs: process.sh, tools.sh, $testbed, $bin.

containers=$testbed/containers

# storage_driver: vfs copies every layer, but works on any file system and without root
storage_driver() {
    local try=$containers/try driver=vfs
    mkdir -p "$try"/{lower,upper,work,merged}
    if mount -t overlay -o "lowerdir=$try/lower,upperdir=$try/upper,workdir=$try/work" overlay "$try/merged" 2>/dev/null; then
        umount -- "$try/merged" && driver=overlay
    fi
    rm -rf --one-file-system -- "$try"
    printf '%s' "$driver"
}

# offer_containers_tools REGISTRY
offer_containers_tools() {
    local home=$containers/home
    local configuration=$home/.config/containers
    mkdir -p "$configuration"

    # Whether an image is signed is for a test to ask, not for these.
    printf '{"default":[{"type":"insecureAcceptAnything"}]}\n' >"$configuration/policy.json"

    # Plain HTTP to the test registry without saying so each time.
    cat >"$configuration/registries.conf" <<TEXT
[[registry]]
location = "$1"
insecure = true
TEXT

    cat >"$configuration/storage.conf" <<TEXT
[storage]
driver = "$(storage_driver)"
graphroot = "$containers/storage"
runroot = "$containers/run"
TEXT

    # What podman leaves behind with a container, to tidy up after it, is itself again, without what it is run with here.
    local library
    library=$(find "$tools/usr/lib" -name '*.so.*' -print -quit 2>/dev/null)

    # Their usual isolation needs a network plug-in; the host's network needs nothing. What podman starts is ours too.
    cat >"$configuration/containers.conf" <<TEXT
[containers]
netns = "host"
# Its own are more than a container may give to another.
default_ulimits = ["nofile=4096:4096", "nproc=16384:16384"]
[network]
network_backend = "cni"
network_config_dir = "$containers/network"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "runc"
conmon_path = ["$bin/conmon"]
conmon_env_vars = [
  "PATH=$PATH", "HOME=$home", "LD_LIBRARY_PATH=${library%/*}",
  "CONTAINERS_CONF=$configuration/containers.conf", "CONTAINERS_STORAGE_CONF=$configuration/storage.conf",
]
tmp_dir = "$containers/run/libpod"
volume_path = "$containers/storage/volumes"
static_dir = "$containers/storage/libpod"
[engine.runtimes]
runc = ["$bin/runc"]
TEXT

    local settings=(
        # Policy and registries are looked for below HOME or in /etc, nowhere else; the storage of root only in /etc.
        "export HOME=$(printf '%q' "$home")"
        "export CONTAINERS_STORAGE_CONF=\${CONTAINERS_STORAGE_CONF-$(printf '%q' "$configuration/storage.conf")}"
        "export CONTAINERS_CONF=\${CONTAINERS_CONF-$(printf '%q' "$configuration/containers.conf")}"
        "export BUILDAH_RUNTIME=\${BUILDAH_RUNTIME-$(printf '%q' "$bin/runc")}"
    )
    # Not isolation by chroot: there it starts itself again with an empty environment, and misses its libraries.
    offer runc || say "there is no runc: buildah builds nothing that has a RUN"
    offer skopeo "${settings[@]}" || fail "there is no skopeo; install it"
    offer buildah "${settings[@]}" || say "there is no buildah: its tests are skipped"
    { offer conmon && offer podman "${settings[@]}"; } || say "there is no podman: its tests are skipped"
}

# The images that buildah made are of no use to the next run.
drop_containers_storage() {
    unmount_below "$containers"
    rm -rf --one-file-system -- "$containers/storage" "$containers/run"
}
