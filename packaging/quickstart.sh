#!/bin/sh
# Shows Logyard at work within a minute: builds it if needed, starts logyard-micro on a sample log, and lets one line
# travel to a TCP target and to `kato log tail`. Debian and Ubuntu.
#
#   sh packaging/quickstart.sh            then Ctrl-C to end it
#   sh packaging/quickstart.sh --check    does it once, without a terminal; exits 0 if the line arrived, else 1
#
# Everything it writes is below $LOGYARD_HOME (~/.logyard); remove that folder to begin anew.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/packaging/require.sh"
. "$root/packaging/show.sh"

usage() {
    sed -n '2,8s/^# \{0,1\}//p' "$0"
}

check=no
case "${1:-}" in
    "") ;;
    --check) check=yes ;;
    -h | --help)
        usage
        exit 0
        ;;
    *)
        echo "Unknown argument: $1" >&2
        usage >&2
        exit 2
        ;;
esac

require_java_and_maven
wish_command redis-server redis-server
install_required
build_if_needed

home=${LOGYARD_HOME:-$HOME/.logyard}
[ "$check" = no ] || home=$(mktemp -d)
mkdir -p "$home/logs"
refuse_if_running
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

start_target
start_micro
add_drain
start_tail
write_a_line

if seen_everywhere; then
    show_what_was_seen
else
    show_what_went_wrong
    exit 1
fi
[ "$check" = no ] || exit 0

tell_what_to_do_next
wait "$micro"
