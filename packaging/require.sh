# Sourced by quickstart.sh and test.sh: finds out what is missing, and installs it if it may.

missing=
maven=

# The packages of Debian put some servers where only root looks.
PATH=$PATH:/usr/sbin:/sbin

require_command() {
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}

require_file() {
    [ -e "$1" ] || missing="$missing $2"
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
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
        echo "Missing:$missing" >&2
        echo "Install them, as root, and start again:" >&2
        echo "    apt-get update && apt-get install -y --no-install-recommends$missing" >&2
        exit 1
    fi
    echo "Installing$missing ..."
    # Servers must not start by themselves: the tests start their own.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' > "$policy"
        chmod 755 "$policy"
        trap 'rm -f "$policy"' EXIT INT TERM
    fi
    apt-get update -qq
    # shellcheck disable=SC2086 # packages are words
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    rm -f "$policy"
    trap - EXIT INT TERM
    missing=
    java_is_enough || {
        echo "The Java on the path is older than 17; set JAVA_HOME to a newer one" >&2
        exit 1
    }
}
