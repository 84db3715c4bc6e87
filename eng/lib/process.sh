# shellcheck shell=bash disable=SC2154 # what it needs is set by who includes it
# Programs in the background that outlive the script that started them, each known by its own pid file.
# Needs: $testbed, the folder that every one of them names in its command line.

say() { printf 'testbed: %s\n' "$*" >&2; }

fail() { say "$*"; exit 1; }

# running PID-FILE. After a restart of the machine the same pid may be anybody's: it is ours only if it names our folder.
running() {
    local pid
    pid=$(cat -- "$1" 2>/dev/null) && [[ $pid ]] && grep -qsaF -- "$testbed/" "/proc/$pid/cmdline"
}

# launch NAME COMMAND...: apart from the caller's terminal, whose end is not to be its end. It must not inherit the lock
# (9) either, or nobody could have it again. Its pid is then in `launched`.
launch() {
    local name=$1
    shift
    mkdir -p "$testbed/log"
    setsid "$@" >"$testbed/log/$name.log" 2>&1 </dev/null 9>&- &
    # shellcheck disable=SC2034 # for the caller
    launched=$!
}

# wait_until SECONDS COMMAND...
wait_until() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < end)) || return 1
        sleep 0.1
    done
}

stopped() { ! running "$1"; }

# stop PID-FILE SECONDS: returns when the program is gone, after so many seconds by force
stop() {
    local pid
    running "$1" || return 0
    pid=$(cat -- "$1")
    kill "$pid" 2>/dev/null || true
    wait_until "$2" stopped "$1" && return
    kill -KILL "$pid" 2>/dev/null || true
    wait_until 10 stopped "$1" || fail "process $pid does not end, not even by SIGKILL; see $testbed/log"
}

# explain_end NAME: why a program did not come up, in its own words
explain_end() {
    tail -n 5 -- "$testbed/log/$1.log" >&2 || true
    fail "$1 did not start; its last words are above, all of them in $testbed/log/$1.log"
}

# unmount_below FOLDER: whatever programs that were killed left mounted
unmount_below() {
    local mount
    while IFS= read -r mount; do
        # Lazily: an open file of somebody else's must not keep it.
        umount --lazy -- "$(printf '%b' "$mount")"
    done < <(awk -v folder="$1/" 'index($5, folder) == 1 { print $5 }' /proc/self/mountinfo | sort -r)
}
