package logyard.core.daemon;

import java.util.Arrays;
import java.util.Optional;

/**
 * What is set on a node itself, because a process must know it before it has found the cluster tree. Each is a key of
 * {@code /etc/logyard/logyard.properties}.
 */
public enum Setting {
    NODE_IP("node.ip", "", "Address of this node; found out if empty"),
    ZK_CONNECT("zk.connect", "127.0.0.1:2181", "ZooKeeper servers, host:port,host:port"),
    ZK_CHROOT("zk.chroot", "", "Where in ZooKeeper the tree is, such as /logyard"),
    ZK_AUTH_FILE("zk.auth.file", "/etc/logyard/zk.auth", "File that holds user:password; need not exist"),
    ZK_ACL("zk.acl", "", "secured: that user only; open: all may; empty: secured if the file exists"),
    BUS_PUBLISH("bus.publish", "ipc:///run/logyard/pub.sock", "Where publishers connect to"),
    BUS_SUBSCRIBE("bus.subscribe", "ipc:///run/logyard/sub.sock", "Where subscribers connect to"),
    BUS_ACKNOWLEDGE("bus.acknowledge", "ipc:///run/logyard/ack.sock", "Where publishers learn what is stored"),
    BUS_READ(
            "bus.read",
            "",
            "Where named subscribers read; if empty, read.sock beside bus.acknowledge, or the port behind it"),
    LOGS_DIR("logs.dir", "/s/logs", "System logs, and those of Logyard itself"),
    STATE_DIR("state.dir", "/var/lib/logyard", "Journal, cursors, positions and snapshots"),
    JOURNAL_MAX_BYTES("journal.max_bytes", "1GiB", "How much the journal may take; 0: in memory only"),
    JOURNAL_MIN_FREE_BYTES("journal.min_free_bytes", "512MiB", "What the journal leaves free on its disk"),
    JOURNAL_SYNC("journal.sync", "100ms", "How long an event may wait for others to be synced with"),
    FILE_ALLOWED_DIRS("file.allowed_dirs", "/s/logs", "Below which file:// drains may write, separated by colons"),
    DRAIN_SECRETS_DIR("drain.secrets_dir", "/etc/logyard/secrets", "Passwords and CAs that drains name: one file each"),
    DRAIN_DENIED_TARGETS(
            "drain.denied_targets",
            "169.254.0.0/16,fe80::/10,fd00:ec2::254,fd20:ce::254,100.100.100.200,168.63.129.16,192.0.0.192,64:ff9b::a9fe:0/112",
            "Networks that no drain may send to: link-local, and where clouds keep what their machines may know"),
    APPDRAIN_DENIED_TARGETS(
            "appdrain.denied_targets",
            "127.0.0.0/8,::1,0.0.0.0/8,::",
            "Networks that drains of applications may not send to either; with 127.0.0.1 all addresses of this node"),
    METRICS_LISTEN(
            "metrics.listen",
            "127.0.0.1:9464",
            "Where the core answers /metrics, /health and /ready; systail one port above, cloud_events two, apptail three;"
                    + " empty: nowhere"),
    APPTAIL_UID_FILE("apptail.uid_file", "/tmp/logyard.uid", "Holds the word that apptail and the DEA of a node share"),
    APPTAIL_ALLOWED_ROOTS(
            "apptail.allowed_roots",
            "/var/lib/docker:/lxc:/var/vcap",
            "Below which the files of instances must be, separated by colons"),
    APPTAIL_NATS("apptail.nats", "", "NATS servers, nats://host:port,...; those of the cloud controller if empty"),
    APPTAIL_DOCKER_URL(
            "apptail.docker_url",
            "",
            "Docker's daemon, unix:///var/run/docker.sock or http://localhost:4243; empty: none is asked");

    private final String key;
    private final String absent;
    private final String meaning;

    Setting(String key, String absent, String meaning) {
        this.key = key;
        this.absent = absent;
        this.meaning = meaning;
    }

    /** The name in the file, such as {@code journal.max_bytes}. */
    public String key() {
        return key;
    }

    /** The value where none is given. */
    public String absent() {
        return absent;
    }

    public String meaning() {
        return meaning;
    }

    /** The environment variable that overrides the file: {@code LOGYARD_JOURNAL_MAX_BYTES}. */
    public String variable() {
        return "LOGYARD_" + name();
    }

    static Optional<Setting> of(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }
}
