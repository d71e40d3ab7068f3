package logyard.apptail;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.core.daemon.Settings;
import logyard.core.daemon.metrics.Vitals;

/** apptail alone, without ZooKeeper: {@code ApptailProcess <nats uri> <key>=<value>…}. */
final class ApptailProcess {
    public static void main(String[] args) throws Exception {
        Map<String, String> given = new HashMap<>();
        for (int i = 1; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            given.put(args[i].substring(0, equals), args[i].substring(equals + 1));
        }
        InMemoryConfigTree tree = InMemoryConfigTree.seeded();
        tree.set(ConfigPath.parse("/proc/cloud_controller/config/mbus"), TextNode.valueOf(args[0]));
        tree.set(ConfigPath.APPTAIL.child("max_lines_burst"), IntNode.valueOf(65535));
        tree.set(ConfigPath.APPTAIL.child("max_lines_per_second"), IntNode.valueOf(1_000_000));
        Apptail.start(
                Settings.load(Optional.empty(), given, Map.of()),
                tree,
                Duration.ofHours(1),
                Duration.ZERO,
                new Vitals());
        Thread.currentThread().join();
    }

    private ApptailProcess() {}
}
