#!/bin/sh
# Tries the package on a release of Ubuntu: docs/install.md line by line, and an upgrade under load (InstallationIT), on machines
# of its own that boot systemd. Needs root, debootstrap, systemd-container and the archive of Ubuntu; leaves nothing but
# target/ubuntu-RELEASE, from which it goes on the next time.
#
#   sh packaging/ubuntu.sh [RELEASE]      noble, if it is not said; jammy has no nats-server, so there it is the upgrade only
set -eu

case "${1:-}" in
    -*)
        sed -n '2,6s/^# \{0,1\}//p' "$0"
        exit 0
        ;;
esac

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/packaging/require.sh"
release=${1:-noble}
archive=${UBUNTU_ARCHIVE:-http://archive.ubuntu.com/ubuntu}
machine=$root/target/ubuntu-$release

require_java_and_maven
require_command debootstrap debootstrap
require_command systemd-nspawn systemd-container
require_command nsenter util-linux
install_required

if [ ! -e "$machine/complete" ]; then
    rm -rf "$machine"
    mkdir -p "$machine"
    keys=/usr/share/keyrings/ubuntu-archive-keyring.gpg
    check=--keyring=$keys
    if [ ! -e "$keys" ]; then
        echo "There is no $keys: what comes from $archive is not checked" >&2
        check=--no-check-gpg
    fi
    scripts=/usr/share/debootstrap/scripts
    [ -e "$scripts/$release" ] || ln -s gutsy "$scripts/$release" # which is that of every Ubuntu since
    debootstrap "$check" --variant=minbase --components=main,universe \
        --include=systemd,systemd-sysv,dbus,procps,rsyslog,logrotate,curl,ca-certificates,adduser,iproute2,man-db \
        "$release" "$machine" "$archive"
    # The machines have no network: what is installed there is downloaded here, as far as the release has it.
    chroot "$machine" sh -c 'apt-get update -qq
        for package in default-jre-headless openjdk-17-jre-headless zookeeperd redis-server nats-server; do
            apt-cache show "$package" > /dev/null 2>&1 && echo "$package"
        done | DEBIAN_FRONTEND=noninteractive xargs apt-get install -y -qq --download-only'
    touch "$machine/complete"
fi

tests=InstallationIT
if ! ls "$machine"/var/cache/apt/archives/nats-server_* > /dev/null 2>&1; then
    echo "$release has no nats-server, so docs/install.md cannot be typed there: the upgrade only" >&2
    tests='InstallationIT#isUpgradedWhileLogsAreWritten'
fi
cd "$root"
exec "$maven" -B -ntp -T 2 -pl packaging -am verify -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false \
    -Dit.test="$tests" -Dfailsafe.failIfNoSpecifiedTests=false -Dlogyard.installed.on="$machine"
