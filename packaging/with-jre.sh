#!/bin/sh
# Makes a package with a Java of its own out of the one without: target/logyard_<version>_<architecture>.deb, for machines
# like this one. After a build, with a JDK from 17 on; needs no root.
#
#   sh packaging/with-jre.sh
set -eu

packaging=$(cd "$(dirname "$0")" && pwd)
plain=$(ls "$packaging"/target/logyard_*_all.deb 2>/dev/null) || {
    echo "with-jre.sh: there is no logyard_*_all.deb in $packaging/target; build it first: ./mvnw -DskipTests package" >&2
    exit 1
}
jlink=${JAVA_HOME:+$JAVA_HOME/bin/}jlink
command -v "$jlink" >/dev/null 2>&1 || {
    echo "with-jre.sh: no jlink; install a JDK (apt-get install openjdk-17-jdk-headless), or set JAVA_HOME" >&2
    exit 1
}

# What the classes name, and what they find by itself at run time: curves of TLS, Kerberos for ZooKeeper's client, DNS.
# jdk.jcmd is for who looks after them.
modules=java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.security.sasl,java.sql,\
java.xml,jdk.crypto.ec,jdk.httpserver,jdk.jcmd,jdk.jfr,jdk.management,jdk.naming.dns,jdk.security.auth,jdk.unsupported,\
jdk.zipfs

architecture=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
dpkg-deb --raw-extract "$plain" "$work/package"
"$jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress=2 \
    --output "$work/package/opt/logyard/jre"
"$work/package/opt/logyard/jre/bin/java" -Xshare:dump >/dev/null # jlink leaves out the archive of Java's own classes
(cd "$work/package" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | LC_ALL=C sort --zero-terminated |
    xargs --null md5sum > DEBIAN/md5sums)
size=$(du --summarize --apparent-size --block-size=1024 --exclude=DEBIAN "$work/package" | cut -f 1)
sed -i -e "s/^Architecture: .*/Architecture: $architecture/" -e "s/^Installed-Size: .*/Installed-Size: $size/" \
    -e '/^Depends:/ s/default-jre-headless[^,]*, //' "$work/package/DEBIAN/control"
made=${plain%_all.deb}_$architecture.deb
dpkg-deb --root-owner-group --build "$work/package" "$made" >/dev/null
echo "$made"
