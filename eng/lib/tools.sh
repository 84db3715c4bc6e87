# shellcheck shell=bash disable=SC2154 # what it needs is set by who includes it
# The programs that the tests need, from the package archive that this machine itself installs from. They are unpacked
# into a folder and not installed: nothing of the machine changes.
# Needs: process.sh, $testbed, $bin.

tools=$testbed/tools

# These come from a newer release where the machine's own has them too old, or not at all: Debian 12 has no buildx, and
# an engine from before BuildKit was the default.
newer_packages=(docker-registry oras cosign)
newer_engine_packages=(docker.io docker-cli docker-buildx containerd)
own_packages=(skopeo umoci buildah podman conmon runc mmdebstrap busybox-static)
own_engine_packages=(tini)

# fetch_tools yes|no: with or without an engine
fetch_tools() {
    local newer=("${newer_packages[@]}") own=("${own_packages[@]}")
    if [[ $1 == yes ]]; then
        newer+=("${newer_engine_packages[@]}") own+=("${own_engine_packages[@]}")
    fi
    local wanted="${newer[*]} ${own[*]}"
    # What was fetched with an engine serves without one too.
    local have package
    have=" $(cat -- "$tools/.complete" 2>/dev/null || true) "
    for package in $wanted; do
        [[ $have == *" $package "* ]] || have=
    done
    [[ ! $have ]] || return 0
    if ! command -v apt-get >/dev/null; then
        say "this machine has no apt: the tests use what it has itself of ${wanted// /, }"
        return
    fi

    local apt=$testbed/apt log=$testbed/log/apt.log release
    release=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME-}")
    local newer_release=$release
    [[ $release != bookworm ]] || newer_release=trixie

    say "fetching $wanted"
    mkdir -p "$apt"/{lists,archives}/partial "$testbed/log"
    apt_sources "$release" "$newer_release" >"$apt/sources.list"
    apt_configuration "$apt" "$release" >"$apt/apt.conf"

    local hint="see $log; when \`apt-get update\` works on this machine, run this again, it goes on from here"
    {
        apt-get -c "$apt/apt.conf" -q update --error-on=any || fail "the package lists cannot be fetched: $hint"
        # With what it depends on, as far as the machine does not have it.
        apt-get -c "$apt/apt.conf" -q -y install --download-only "${own[@]}" || fail "a package cannot be fetched: $hint"
        # Without: on a machine of an older release, apt would want to replace its C library, which is new enough.
        (cd "$apt/archives" && apt-get -c "$apt/apt.conf" -q download "${newer[@]/%//$newer_release}") ||
            fail "a package cannot be fetched: $hint"
    } >"$log" # what apt reports as an error is seen

    rm -rf "$tools.new"
    local archive name
    for archive in "$apt"/archives/*.deb; do
        name=${archive##*/} name=${name%%_*}
        # Of what these depend on, libraries do; a second `login` is of no use.
        if [[ " $wanted " == *" $name "* || $name == lib* ]]; then
            dpkg-deb -x "$archive" "$tools.new" || {
                rm -f "$archive"
                fail "$name came damaged and was removed: run this again"
            }
        fi
    done
    printf '%s' "$wanted" >"$tools.new/.complete"
    rm -rf "$tools" "$apt"
    mv -T "$tools.new" "$tools"
}

# apt_sources RELEASE NEWER-RELEASE: where the packages lie, taken from the machine's own sources in whatever format
apt_sources() {
    local keyring options
    keyring=/usr/share/keyrings/$(. /etc/os-release && printf '%s' "$ID")-archive-keyring.gpg
    options="arch=$(dpkg --print-architecture) target=Packages"
    [[ ! -e $keyring ]] || options+=" signed-by=$keyring"
    # shellcheck disable=SC2016 # the names are apt's
    apt-get indextargets --no-release-info --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        sort -u | awk -v options="$options" -v release="$1" -v newer="$2" '
            $2 ~ "^" release "(-updates|-security)?$" && $3 ~ "^(main|universe)$" {
                print "deb [" options "] " $0
                if ($2 == release && newer != release) { $2 = newer; print "deb [" options "] " $0 }
                found = 1
            }
            END { exit !found }' ||
        fail "the machine's apt sources have no line for its own release '$1'; add it, or install the programs yourself"
}

# apt_configuration FOLDER RELEASE: lists and archives of its own, the machine's own settings (a proxy) otherwise
apt_configuration() {
    cat <<TEXT
Dir::Etc::sourcelist "$1/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State::lists "$1/lists";
Dir::Cache "$1";
APT::Default-Release "/^$2/";
APT::Install-Recommends "false";
// Signatures are checked all the same; apt's own user could not write here.
APT::Sandbox::User "root";
Acquire::Retries "3";
// Nothing is installed, so no lock of the machine is needed, and nothing of it is to be cleaned up afterwards.
Debug::NoLocking "true";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
TEXT
}

# tool NAME: the file of a program, ours or else the machine's
tool() {
    local file
    for file in "$tools"/{usr/{bin,sbin,libexec/docker/cli-plugins},bin}/"$1"; do
        [[ ! -x $file ]] || { printf '%s\n' "$file"; return; }
    done
    command -v -- "$1"
}

# offer NAME [LINE...]: a program of that name in $bin; false where there is none. With lines of shell it runs after
# them. Where it needs a library that the machine does not have, it is given ours, and no other program is.
offer() {
    local name=$1 file
    shift
    file=$(tool "$name") || return
    # Not grep -q: it would end at the first line, and ldd by the pipe that nobody reads.
    if [[ $file == "$tools"/* ]] && ldd "$file" 2>/dev/null | grep 'not found' >/dev/null; then
        local library
        library=$(find "$tools/usr/lib" -name '*.so.*' -print -quit)
        set -- "$@" "export LD_LIBRARY_PATH=$(printf '%q' "${library%/*}")"
    fi
    # Each replaces the old one in one step: somebody may be running it.
    if (($# == 0)); then
        ln -sfT -- "$file" "$bin/$name"
    else
        printf '%s\n' '#!/usr/bin/env bash' "$@" "exec $(printf '%q' "$file") \"\$@\"" >"$bin/.$name"
        chmod +x "$bin/.$name"
        mv -T -- "$bin/.$name" "$bin/$name"
    fi
}
