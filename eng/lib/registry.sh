# shellcheck shell=bash disable=SC2154 # what it needs is set by who includes it
# A registry on this machine's loopback, with the base images in it.
# Needs: process.sh, tools.sh, containers.sh, $testbed, $bin.

registry=$testbed/registry
port_file=$testbed/port

registry_running() { running "$registry/pid"; }

registry_address() { printf '127.0.0.1:%s' "$(<"$port_file")"; }

# answers PORT: whether anything listens there
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

start_registry() {
    if registry_running && answers "$(<"$port_file")"; then
        return
    fi
    offer docker-registry || fail "there is no docker-registry; install it"
    stop_registry
    mkdir -p "$registry"

    # The port that it had before, so that shells which read `env` earlier still find it; else one below those that the
    # system gives to outgoing connections.
    local port
    port=$(cat -- "$port_file" 2>/dev/null || true)
    for _ in {1..10}; do
        if [[ $port ]] && ! answers "$port"; then
            registry_configuration "$port" >"$registry/config.yml"
            launch registry "$bin/docker-registry" serve "$registry/config.yml"
            printf '%s\n' "$launched" >"$registry/pid"
            wait_until 20 registry_came_up "$port" || true
            if registry_running; then
                printf '%s\n' "$port" >"$port_file"
                return
            fi
        fi
        port=$((RANDOM % 10000 + 20000))
    done
    explain_end registry
}

# registry_came_up PORT: waiting ends early where it has ended
registry_came_up() {
    answers "$1" || ! registry_running
}

# registry_configuration PORT
registry_configuration() {
    cat <<TEXT
version: 0.1
log:
  level: info
storage:
  filesystem:
    rootdirectory: $registry/data
  delete:
    enabled: true
http:
  addr: 127.0.0.1:$1
  # Without one, an upload would not survive a restart.
  secret: test
TEXT
}

# push_bases FOLDER: all images of a registry in a folder, under the names that they have there
push_bases() {
    local pushed name
    pushed=$(sha256sum <"$1/index.json")
    [[ $(cat -- "$registry/pushed" 2>/dev/null) != "$pushed" ]] || return 0
    while IFS= read -r name; do
        "$bin/skopeo" copy --quiet --preserve-digests "oci:$1:$name" "docker://$(registry_address)/$name" ||
            fail "$name could not be pushed to the test registry; see $testbed/log/registry.log"
    done < <(grep -o 'ref\.name":"[^"]*' "$1/index.json" | cut -d '"' -f 3)
    printf '%s\n' "$pushed" >"$registry/pushed"
}

# Stops it and leaves nothing of what was pushed.
stop_registry() {
    stop "$registry/pid" 20
    rm -rf -- "$registry"
}
