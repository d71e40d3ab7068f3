# Sourced by the commands beside it: finds Java and the jars, and starts a class. Not to be run by itself.
#
#   launch CLASS "JVM OPTIONS" ARGUMENT...
#
# JAVA_HOME names the Java to use, else it is one of Logyard's own, if there is one, else that of the PATH. LOGYARD_JAVA_OPTS
# adds options for the JVM. LOGYARD_DRAINS names the folder with drain types of one's own, else it is drains/ of the installation.

home=$(dirname "$(dirname "$(readlink -f "$0")")")

# What archive-classes made: of root, as root runs kato.
archive=${LOGYARD_CLASSES:-/var/cache/logyard/classes.jsa}

find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
    elif [ -x "$home/jre/bin/java" ]; then
        java=$home/jre/bin/java
    else
        java=$(command -v java || true)
    fi
    if [ ! -x "$java" ]; then
        echo "$(basename "$0"): no Java found; install Java 17 or later (apt-get install openjdk-17-jre-headless)" >&2
        echo "$(basename "$0"): or set JAVA_HOME to where it is" >&2
        exit 1
    fi
}

find_jars() {
    # In the same order each time, as an archive of classes wants it; ours first: they mend a class of JeroMQ's.
    jars=
    for jar in "$home"/lib/logyard-*.jar "$home"/lib/*.jar "${LOGYARD_DRAINS:-$home/drains}"/*.jar; do
        case "$jars:$jar" in
        *":$jar:"* | *"/*.jar") ;;
        *) jars=$jars:$jar ;;
        esac
    done
    jars=${jars#:}
}

launch() {
    main=$1
    options=$2
    shift 2
    find_java
    find_jars
    # A Java of Logyard's own has the certificate authorities of the machine that it was made on.
    if [ "$java" = "$home/jre/bin/java" ] && [ -r /etc/ssl/certs/java/cacerts ]; then
        options="$options -Djavax.net.ssl.trustStore=/etc/ssl/certs/java/cacerts"
    fi
    # Java takes the bytes of file names for letters of the locale; systemd gives one that has none beyond ASCII.
    if [ "$(locale charmap 2>/dev/null)" != UTF-8 ]; then
        export LC_ALL=C.UTF-8
    fi
    # shellcheck disable=SC2086 # options are words
    exec "$java" $options ${LOGYARD_JAVA_OPTS:-} -cp "$jars" "$main" "$@"
}

common_options="--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC"
if [ -r "$archive" ]; then # one that does not fit is not used, and nothing is to be said of that
    common_options="$common_options -Xshare:auto -XX:SharedArchiveFile=$archive -Xlog:disable -Xlog:all=error:stderr"
fi

# What commands have in common: they are over before a compiler could be of much use.
command_options="$common_options -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx96m"

# What all daemons have in common: small, and gone rather than crippled when memory is out (systemd starts them again).
daemon_options="$common_options -Xss512k -XX:+ExitOnOutOfMemoryError -XX:MaxDirectMemorySize=64m"
