# shellcheck shell=bash disable=SC2154 # what it needs is set by who includes it
# Docker Engines with BuildKit that belong to the tests: the images, the socket and the settings of each lie in one folder.
# There are two, so that one can be another machine for the other: `engine` and `engine2`, which listens on a port too and
# keeps its images in containerd's store.
# Needs: process.sh, tools.sh, registry.sh, $testbed, $bin.

engine_socket=$testbed/engine/docker.sock
docker_config=$testbed/docker

# engine_answers NAME
engine_answers() {
    DOCKER_HOST=unix://$testbed/$1/docker.sock timeout 10 "$bin/docker" version >/dev/null 2>&1
}

# engine_running NAME
engine_running() { running "$testbed/$1/dockerd.pid"; }

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

# What the engines are made of.
offer_engine() {
    local program
    for program in docker dockerd containerd containerd-shim-runc-v2 runc; do
        offer "$program" || fail "there is no $program; install Docker Engine 23 or newer"
    done
    # What `docker run --init` puts into the container, which may have no C library, so the static one.
    program=$(tool tini-static || tool docker-init) && ln -sfT -- "$program" "$bin/docker-init"
    offer_docker_config
    # The engine makes sockets with up to 45 characters more, and containerd allows 104.
    ((${#testbed} <= 58)) || fail "$testbed is too long a path for sockets; set CSDK_TESTBED_FOLDER to a shorter one"
}

# start_engine NAME [PORT]: does not wait for it
start_engine() {
    local engine=$testbed/$1 hosts features=
    if engine_running "$1" && engine_answers "$1"; then
        return
    fi

    # An engine that ended by itself, or with the machine, leaves mounts and pid files of processes that are gone.
    stop_engine "$1"
    mkdir -p "$engine"
    hosts="\"unix://$engine/docker.sock\""
    if [[ ${2-} ]]; then
        hosts+=", \"tcp://127.0.0.1:$2\""
        features='"features": { "containerd-snapshotter": true }, "tls": false,'
    fi
    # Neither a bridge nor a rule in the machine's firewall: builds and containers use --network host.
    cat >"$engine/daemon.json" <<TEXT
{
  "hosts": [$hosts],
  $features
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
    launch "$1" env PATH="$bin:$PATH:/usr/sbin:/sbin" "$bin/dockerd" --config-file "$engine/daemon.json"
    printf '%s\n' "$launched" >"$engine/launched"
}

# await_engine NAME
await_engine() {
    wait_until 60 engine_came_up "$1" || true
    engine_answers "$1" || explain_end "$1"
}

# engine_came_up NAME: waiting ends early where it has ended
engine_came_up() {
    engine_answers "$1" || ! kill -0 "$(<"$testbed/$1/launched")" 2>/dev/null
}

# second_engine_address: where it listens besides its socket; the port that it had before, where it is free
second_engine_address() {
    local port
    port=$(cat -- "$testbed/port2" 2>/dev/null || true)
    if ! engine_running engine2; then
        while [[ ! $port ]] || answers "$port"; do port=$((RANDOM % 10000 + 20000)); done
        printf '%s\n' "$port" >"$testbed/port2"
    fi
    printf '127.0.0.1:%s' "$port"
}

# stop_engine NAME: stops it and leaves nothing of it: not its containerd, not a mount, not an image
stop_engine() {
    local engine=$testbed/$1
    [[ -e $engine ]] || return 0
    stop "$engine/dockerd.pid" 60
    # These end with the engine, unless that was killed.
    stop "$engine/exec/containerd/containerd.pid" 20
    stop_containers "$engine"
    unmount_below "$engine"
    rm -rf --one-file-system -- "$engine"
}

# stop_containers ENGINE-FOLDER. A container knows nothing of our folder, but its parent, containerd's shim, does.
stop_containers() {
    local file container shim
    for file in "$1"/exec/containerd/daemon/*/moby/*/init.pid; do
        container=$(cat -- "$file" 2>/dev/null) || continue
        shim=$(awk '$1 == "PPid:" { print $2 }' "/proc/$container/status" 2>/dev/null) || continue
        if grep -qsaF -- "$1/" "/proc/$shim/cmdline"; then
            kill -KILL "$container" "$shim" || true
        fi
    done
}
