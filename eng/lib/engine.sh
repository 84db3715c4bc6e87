# shellcheck shell=bash disable=SC2154 # what it needs is set by who includes it
# A Docker Engine with BuildKit that belongs to the tests: its images, its socket and its settings lie in one folder.
# Needs: process.sh, tools.sh, $testbed, $bin.

engine=$testbed/engine
engine_socket=$engine/docker.sock
docker_config=$testbed/docker

engine_answers() {
    DOCKER_HOST=unix://$engine_socket timeout 10 "$bin/docker" version >/dev/null 2>&1
}

engine_running() { running "$engine/dockerd.pid"; }

# Whether the machine has an engine already that builds as the tests need it: version 23 made BuildKit the default.
machine_engine_answers() {
    local version
    version=$(timeout 10 docker version --format '{{.Server.Version}}' 2>/dev/null) &&
        [[ ${version%%.*} =~ ^[0-9]+$ ]] && ((${version%%.*} >= 23)) && docker buildx version >/dev/null 2>&1
}

# The address of the machine's engine, which may hang on a context in the user's own configuration.
machine_engine_host() {
    docker context inspect --format '{{.Endpoints.docker.Host}}'
}

# A configuration with no credentials, no context and the buildx plug-in.
offer_docker_config() {
    local buildx
    local find_buildx='{{range .ClientInfo.Plugins}}{{if eq .Name "buildx"}}{{.Path}}{{end}}{{end}}'
    buildx=$(tool docker-buildx || docker info --format "$find_buildx")
    mkdir -p "$docker_config/cli-plugins"
    ln -sfT -- "$buildx" "$docker_config/cli-plugins/docker-buildx"
    [[ -e $docker_config/config.json ]] || printf '{}\n' >"$docker_config/config.json"
}

start_engine() {
    local program
    for program in docker dockerd containerd containerd-shim-runc-v2 runc; do
        offer "$program" || fail "there is no $program; install Docker Engine 23 or newer"
    done
    # What `docker run --init` puts into the container, which may have no C library, so the static one.
    program=$(tool tini-static || tool docker-init) && ln -sfT -- "$program" "$bin/docker-init"
    offer_docker_config
    if engine_running && engine_answers; then
        return
    fi

    # An engine that ended by itself, or with the machine, leaves mounts and pid files of processes that are gone.
    stop_engine
    # The engine makes sockets with up to 45 characters more, and containerd allows 104.
    ((${#testbed} <= 59)) || fail "$testbed is too long a path for sockets; set CSDK_TESTBED_FOLDER to a shorter one"
    mkdir -p "$engine"
    # Neither a bridge nor a rule in the machine's firewall: builds and containers use --network host.
    cat >"$engine/daemon.json" <<TEXT
{
  "hosts": ["unix://$engine_socket"],
  "data-root": "$engine/data",
  "exec-root": "$engine/exec",
  "pidfile": "$engine/dockerd.pid",
  "bridge": "none",
  "iptables": false,
  "ip6tables": false,
  "ip-masq": false,
  "ip-forward": false,
  "userland-proxy": false
}
TEXT
    launch engine env PATH="$bin:$PATH:/usr/sbin:/sbin" "$bin/dockerd" --config-file "$engine/daemon.json"
    wait_until 60 engine_came_up "$launched" || true
    engine_answers || explain_end engine
}

# engine_came_up PID: waiting ends early where it has ended
engine_came_up() {
    engine_answers || ! kill -0 "$1" 2>/dev/null
}

# Stops it and leaves nothing of it: not its containerd, not a mount, not an image.
stop_engine() {
    [[ -e $engine ]] || return 0
    stop "$engine/dockerd.pid" 60
    # These end with the engine, unless that was killed.
    stop "$engine/exec/containerd/containerd.pid" 20
    stop_containers
    local mount
    while IFS= read -r mount; do
        # Lazily: an open file of somebody else's must not keep it.
        umount --lazy -- "$(printf '%b' "$mount")"
    done < <(awk -v folder="$engine/" 'index($5, folder) == 1 { print $5 }' /proc/self/mountinfo | sort -r)
    rm -rf --one-file-system -- "$engine"
}

# A container knows nothing of our folder, but its parent, containerd's shim, does.
stop_containers() {
    local file container shim
    for file in "$engine"/exec/containerd/daemon/*/moby/*/init.pid; do
        container=$(cat -- "$file" 2>/dev/null) || continue
        shim=$(awk '$1 == "PPid:" { print $2 }' "/proc/$container/status" 2>/dev/null) || continue
        if grep -qsaF -- "$engine/" "/proc/$shim/cmdline"; then
            kill -KILL "$container" "$shim" || true
        fi
    done
}
