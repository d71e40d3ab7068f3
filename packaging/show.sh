# Sourced by quickstart.sh: the steps of the show, one function each.

target=
micro=
tail=
patience=60

build_if_needed() {
    if [ -z "$(built)" ] || [ -n "$(changed_since "$(built)")" ]; then
        echo "Building (a minute or two; the first time Maven fetches libraries) ..."
        (cd "$root" && "$maven" -B -q -ntp -Dstyle.color=never -DskipTests package) || {
            echo "The build failed; its messages are above" >&2
            exit 1
        }
    fi
    dist=$(built)
    dist=${dist%.tar.gz}
    PATH=$dist/bin:$PATH
}

# The archive of the last build; the folder beside it, of the same name, holds the same.
built() {
    find "$root/packaging/target" -maxdepth 1 -name 'logyard-*.tar.gz' 2>/dev/null | sort | tail -n 1
}

changed_since() {
    find "$root" -name target -prune -o -name .git -prune -o \
        \( -name '*.java' -o -name pom.xml -o -path '*/src/main/*' \) -type f -newer "$1" -print | head -n 1
}

# Waits until a file holds a text; fails after $patience seconds, or when the process is gone.
await() {
    waited=0
    until grep -q "$2" "$1" 2>/dev/null; do
        kill -0 "$3" 2>/dev/null || return 1
        [ "$waited" -lt "$((patience * 5))" ] || return 1
        waited=$((waited + 1))
        sleep 0.2
    done
}

# Two in one folder would write to the same files.
refuse_if_running() {
    pid=$(cat "$home/micro.pid" 2>/dev/null) || return 0
    if grep -q "$home" "/proc/$pid/cmdline" 2>/dev/null; then
        echo "Logyard runs already in $home, as process $pid; end that one, or set LOGYARD_HOME to another folder" >&2
        exit 1
    fi
}

start_target() {
    : > "$home/target.out"
    java -XX:+UseSerialGC -Xmx32m -cp "$dist/lib/*" logyard.micro.TargetMain 0 > "$home/target.out" 2>&1 &
    target=$!
    await "$home/target.out" '^listening at' "$target" || {
        cat "$home/target.out" >&2
        exit 1
    }
    port=$(sed -n 's/^listening at //p' "$home/target.out")
}

start_micro() {
    : >> "$home/logs/sample.log"
    : > "$home/micro.out" # else what a start before this one said could be taken for what this one says
    logyard-micro --home "$home" --zookeeper-port 0 --redis-port 0 --log sample="$home/logs/sample.log" > "$home/micro.out" 2>&1 &
    micro=$!
    echo "$micro" > "$home/micro.pid"
    await "$home/micro.out" 'Started logyard-micro' "$micro" || {
        echo "logyard-micro did not start:" >&2
        tail -n 5 "$home/micro.out" >&2
        exit 1
    }
    LOGYARD_CONF=$home/logyard.properties
    export LOGYARD_CONF
}

add_drain() {
    echo "\$ kato log drain add -p systail.sample -f json quickstart tcp://127.0.0.1:$port"
    kato log drain add --force -p systail.sample -f json quickstart "tcp://127.0.0.1:$port" || exit 1
}

start_tail() {
    : > "$home/tail.out"
    kato log tail --no-color sample > "$home/tail.out" 2> "$home/tail.err" &
    tail=$!
}

# The tail is a drain of its own, and needs a moment to be one: a line is written each second until one is seen.
write_a_line() {
    line="INFO -- Hello from Logyard, line $$"
    echo "\$ echo '$line' >> $home/logs/sample.log"
}

seen_everywhere() {
    tries=0
    until grep -q "$line" "$home/tail.out" && grep -q "$line" "$home/target.out"; do
        [ "$tries" -lt "$patience" ] || return 1
        echo "$line" >> "$home/logs/sample.log"
        tries=$((tries + 1))
        sleep 1
    done
}

show_what_was_seen() {
    echo "kato log tail sample shows:"
    echo "    $(grep -m 1 "$line" "$home/tail.out")"
    echo "the TCP target got:"
    echo "    $(grep -m 1 "$line" "$home/target.out")"
    kill -TERM "$tail" 2>/dev/null || true
    tail=
    echo "\$ kato log drain status"
    kato log drain status
}

show_what_went_wrong() {
    echo "The line did not arrive within $patience s. The last words of logyard-micro:" >&2
    tail -n 10 "$home/micro.out" >&2
    echo "of kato log tail:" >&2
    tail -n 3 "$home/tail.out" "$home/tail.err" >&2
}

tell_what_to_do_next() {
    cat <<TEXT

Logyard runs. In another terminal:

    export LOGYARD_CONF=$LOGYARD_CONF PATH=$dist/bin:\$PATH
    kato log tail sample                      # what is written to a log, as it comes
    echo hello >> $home/logs/sample.log
    tail -f $home/target.out         # what the TCP target of this show gets
    kato log drain add -p systail mine tcp://HOST:PORT       # send it to your syslog server, Logstash, ...
    kato log drain status
    kato log drain --help
    kato history                              # who changed what, if there is a redis-server

To follow a log file of your own, start it with --log NAME=PATH: logyard-micro --help. For a real cluster see README.md.
Ctrl-C ends it; the next start goes on where this one ended.
TEXT
}

finish() {
    status=$?
    for process in $tail $micro $target; do
        kill "$process" 2>/dev/null || true
    done
    # shellcheck disable=SC2086 # process ids are words
    [ -z "$tail$micro$target" ] || wait $tail $micro $target 2>/dev/null || true
    [ "$check" = no ] || rm -rf "$home"
    exit "$status"
}
