#!/bin/sh
# Proves that no line is lost, with real daemons and real faults: kill -9, power loss, full and damaged disks, clocks that
# jump, rotation, and more. Prints a scorecard; docs/reliability.md explains it. Debian and Ubuntu.
#
#   sh packaging/proof.sh                 every run in its long form: an hour or more
#   sh packaging/proof.sh --short         a few seconds each
#   sh packaging/proof.sh kill-core ...   some runs
#   sh packaging/proof.sh --list          what each run does and promises
#
#   --percent N     so much of the long form        --json FILE, --markdown FILE    writes the scorecard, too
#   --seed N        decides when faults happen      --work DIR                      keeps the files of failed runs there
#
# Builds Logyard if needed. The runs with a disk of their own need root.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/packaging/require.sh"
. "$root/packaging/show.sh"

case "${1:-}" in
    -h | --help)
        sed -n '2,15s/^# \{0,1\}//p' "$0"
        exit 0
        ;;
esac

require_java_and_maven
require_proof
install_required
build_if_needed

commit=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -Xmx512m -Dlogyard.distribution="$dist" -Dlogyard.commit="$commit" \
    -cp "$dist/lib/*" logyard.proof.ProofMain "$@"
