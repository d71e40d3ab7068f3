# Sourced by quickstart.sh and test.sh: finds out what is missing, and installs it if it may.

missing=
unpack=
maven=

# The packages of Debian put some servers where only root looks.
PATH=$PATH:/usr/sbin:/sbin

require_command() {
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}

# What is of use but not needed: installed if that may be done, else left out.
wish_command() {
    command -v "$1" >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1 || missing="$missing $2"
}

require_file() {
    [ -e "$1" ] || missing="$missing $2"
}

# One of the files that a pattern stands for.
require_any_file() {
    package=$1
    shift
    for file in "$@"; do
        [ -e "$file" ] && return 0
    done
    missing="$missing $package"
}

# What the runs of proof.sh need beside Java.
require_proof() {
    require_any_file libfaketime /usr/lib/*/faketime/libfaketimeMT.so.1
    require_command mkfs.ext4 e2fsprogs
    require_file /usr/bin/python3 python3
}

# A package that cannot be installed beside others: its command is taken from below target/receivers/.
require_unpacked() {
    command -v "$1" >/dev/null 2>&1 || [ -d "$root/target/receivers/$2/usr" ] || unpack="$unpack $2"
}

unpack_required() {
    for package in $unpack; do
        folder=$root/target/receivers/$package
        echo "Unpacking $package into $folder ..."
        # shellcheck disable=SC2046 # packages are words
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(
            apt-cache depends "$package" | sed -n 's/^  Depends: \([^<]*\)$/\1/p'
        ) >/dev/null
        rm -rf "$folder"
        mkdir -p "$folder"
        (cd "$folder" && apt-get download -qq "$package" && dpkg-deb -x ./*.deb . && rm -f ./*.deb)
    done
    unpack=
}

# A package that a test installs on a machine of its own, which has no network: kept where apt looks for it. After all that
# is installed here, which may empty that folder.
wish_downloaded() {
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1 || return 0
    ls "/var/cache/apt/archives/$1"_*.deb >/dev/null 2>&1 && return 0
    ls /var/lib/apt/lists/*Packages* >/dev/null 2>&1 || apt-get update -qq
    apt-get install -y -qq --download-only "$1" >/dev/null || echo "$1 cannot be downloaded; what needs it is not tested" >&2
}

require_python_module() {
    /usr/bin/python3 -c "import $1" >/dev/null 2>&1 || missing="$missing $2"
}

# A JDK of version 17 or later: that in JAVA_HOME, or that on the path.
java_is_enough() {
    javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
    version=$("$javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    [ -n "$version" ] && [ "$version" -ge 17 ]
}

require_java_and_maven() {
    java_is_enough || missing="$missing openjdk-17-jdk-headless"
    if command -v mvn >/dev/null 2>&1; then
        maven=mvn
    else
        missing="$missing maven"
        maven=mvn
    fi
}

install_required() {
    [ -n "$missing$unpack" ] || return 0
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
        echo "Missing:$missing$unpack" >&2
        echo "Install them, as root, and start again:" >&2
        [ -z "$missing" ] || echo "    apt-get update && apt-get install -y --no-install-recommends$missing" >&2
        for package in $unpack; do
            echo "    apt-get download $package && dpkg-deb -x ${package}_*.deb $root/target/receivers/$package" >&2
        done
        exit 1
    fi
    [ -z "$missing" ] || echo "Installing$missing ..."
    # Servers must not start by themselves: the tests start their own.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' > "$policy"
        chmod 755 "$policy"
        trap 'rm -f "$policy"' EXIT INT TERM
    fi
    apt-get update -qq
    # shellcheck disable=SC2086 # packages are words
    [ -z "$missing" ] || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    unpack_required
    rm -f "$policy"
    trap - EXIT INT TERM
    missing=
    java_is_enough || {
        echo "The Java on the path is older than 17; set JAVA_HOME to a newer one" >&2
        exit 1
    }
}
