#!/bin/sh
# Builds Logyard and runs every test, after installing what the tests need. Debian and Ubuntu.
#
#   sh packaging/test.sh [MAVEN ARGUMENT...]
#
# Run as root it installs what is missing; else it says what to install, and ends.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/packaging/require.sh"

require_java_and_maven
require_command redis-server redis-server
require_command nats-server nats-server
require_command logrotate logrotate
require_command rsyslogd rsyslog
require_any_file rsyslog-openssl /usr/lib/*/rsyslog/lmnsd_ossl.so "$root"/target/receivers/rsyslog-openssl/usr/lib/*/rsyslog/lmnsd_ossl.so
require_unpacked syslog-ng syslog-ng-core
require_unpacked promtool prometheus
require_command ip iproute2
require_python_module zmq python3-zmq
wish_command systemd-nspawn systemd-container
wish_command nsenter util-linux
require_proof
install_required
wish_downloaded zookeeperd

cd "$root"
exec "$maven" -B -ntp -T 3 verify "$@" # three modules at a time: most tests wait more than they work
