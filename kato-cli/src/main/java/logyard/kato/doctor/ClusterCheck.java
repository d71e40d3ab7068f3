package logyard.kato.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.ConfigUnavailableException;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import logyard.core.drain.Masking;
import logyard.kato.command.Cluster;
import logyard.kato.redis.ListPlace;
import logyard.kato.redis.ListUnavailableException;

/** Whether ZooKeeper, Redis and NATS can be reached. */
final class ClusterCheck {
    private static final String ZOOKEEPER = "zookeeper";
    private static final int ZOOKEEPER_PORT = 2181;
    private static final int NATS_PORT = 4222;
    private static final String HISTORY = "builtin.katohistory";

    private final Cluster cluster;
    private final Findings findings;

    ClusterCheck(Cluster cluster, Findings findings) {
        this.cluster = cluster;
        this.findings = findings;
    }

    /** The tree, if it can be read. */
    Optional<ConfigTree> examine() {
        findings.ok("node", "this node is " + cluster.node());
        if (!reachesZooKeeper(cluster.settings())) {
            return Optional.empty();
        }
        ConfigTree tree = cluster.tree();
        try {
            if (tree.read(ConfigPath.LOGYARD).isEmpty()) {
                findings.warn(
                        "tree",
                        "there is no configuration in it yet",
                        "start logyard on a node, which fills it with the packaged defaults");
            } else {
                findings.ok("tree", "holds " + tree.names(ConfigPath.DRAINS).size() + " drains");
            }
            examineRedis();
            examineNats(tree);
            return Optional.of(tree);
        } catch (ConfigUnavailableException e) {
            findings.fail("tree", String.valueOf(e.getMessage()), "look at the log of ZooKeeper");
            return Optional.empty();
        }
    }

    /** Each server by itself: with one of three away all works, and is one step from not working. */
    private boolean reachesZooKeeper(Settings settings) {
        List<String> away = new ArrayList<>();
        List<String> there = new ArrayList<>();
        for (String address : settings.text(Setting.ZK_CONNECT).split(",")) {
            Server server = Server.parse(address, ZOOKEEPER_PORT);
            server.problem()
                    .ifPresentOrElse(why -> away.add(server + " (" + why + ")"), () -> there.add(server.toString()));
        }
        if (!there.isEmpty()) {
            findings.ok(ZOOKEEPER, "listens at " + String.join(", ", there));
        }
        if (!away.isEmpty()) {
            String text = "cannot be reached at " + String.join(", ", away);
            String remedy = "start it there (apt-get install zookeeperd), or set zk.connect in " + Settings.DEFAULT_FILE
                    + ", or in the file that --conf or $" + Settings.FILE_VARIABLE + " names";
            if (there.isEmpty()) {
                findings.fail(
                        ZOOKEEPER, text + ": daemons go on with what they know, and kato can change nothing", remedy);
            } else {
                findings.warn(ZOOKEEPER, text, remedy);
            }
        }
        return !there.isEmpty();
    }

    /** That in which the history is kept, wherever the drain that fills it sends to. */
    private void examineRedis() {
        ListPlace place;
        try {
            place = ListPlace.of(cluster, HISTORY, "the history");
        } catch (ListUnavailableException e) {
            findings.warn(
                    "redis", String.valueOf(e.getMessage()), "with no Redis, kato history shows only this node's part");
            return;
        }
        var server = new Server(place.address().host(), place.address().port());
        server.problem()
                .ifPresentOrElse(
                        why -> findings.warn(
                                "redis",
                                "cannot be reached at " + server + " (" + why + "): no history is kept",
                                "apt-get install redis-server there, with port " + server.port()
                                        + " in /etc/redis/redis.conf, or send " + HISTORY + " elsewhere"),
                        () -> findings.ok("redis", "listens at " + server));
    }

    /** For apptail only. */
    private void examineNats(ConfigTree tree) {
        String local = cluster.settings().text(Setting.APPTAIL_NATS);
        String uris = local.isEmpty()
                ? tree.read(ConfigPath.MBUS).map(JsonNode::asText).orElse("")
                : local;
        if (uris.isEmpty()) {
            return; // no application runs anywhere
        }
        for (String uri : uris.split(",")) {
            String address;
            try {
                address = Optional.ofNullable(URI.create(uri.strip()).getAuthority())
                        .orElse(uri);
            } catch (IllegalArgumentException e) {
                findings.warn(
                        "nats",
                        "no URI: " + Masking.text(uri),
                        "kato config set cloud_controller mbus nats://host:4222/");
                continue;
            }
            Server server = Server.parse(address.substring(address.lastIndexOf('@') + 1), NATS_PORT);
            server.problem()
                    .ifPresentOrElse(
                            why -> findings.warn(
                                    "nats",
                                    "cannot be reached at " + server + " (" + why
                                            + "): apptail hears of no new instance",
                                    "start it there, or: kato config set cloud_controller mbus nats://host:4222/"),
                            () -> findings.ok("nats", "listens at " + server));
        }
    }
}
