package logyard.micro;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.core.daemon.ClusterTree;
import logyard.core.daemon.Settings;
import logyard.kato.KatoMain;
import picocli.CommandLine;

/**
 * Runs all daemons in this process, has a line go through them, and then runs a command of kato, for Java to see which
 * classes that takes: {@code bin/archive-classes} makes an archive of them.
 */
public final class TrainingMain {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private TrainingMain() {}

    /** Ends as the command does; its only argument is a folder for what is needed meanwhile. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Path.of(arguments[0]).resolve("home").toAbsolutePath();
        Path log = Files.createDirectories(home.resolve("logs")).resolve("training.log");
        Path copy = home.resolve("logs/copy.log");
        Files.createFile(log);
        List<String> micro = List.of(
                "--home",
                home.toString(),
                "--zookeeper-port",
                "0",
                "--redis-port",
                "0",
                "--set",
                "metrics.listen=127.0.0.1:0",
                "--log",
                "training=" + log);
        var daemons =
                new Thread(() -> new CommandLine(new MicroMain()).execute(micro.toArray(String[]::new)), "training");
        daemons.setDaemon(true);
        daemons.start();
        Path conf = home.resolve("logyard.properties");
        await(daemons, () -> Files.exists(conf) && Files.size(conf) > 0);
        Settings settings = Settings.load(Optional.of(conf), Map.of(), Map.of());
        try (ConfigTree tree = ClusterTree.forCommand(settings)) {
            for (String uri :
                    List.of("file://" + copy + "?format=rfc5424&", "tls://127.0.0.1:1?", "rediss://127.0.0.1:1?")) {
                tree.set(
                        ConfigPath.DRAINS.child(uri.substring(0, uri.indexOf(':'))),
                        TextNode.valueOf(uri + "filter=systail.training"));
            }
        }
        await(daemons, () -> {
            Files.writeString(log, "WARN -- a line\n", StandardOpenOption.APPEND); // until it is followed
            return Files.exists(copy) && Files.size(copy) > 0;
        });
        KatoMain.main(new String[] {"--conf", conf.toString(), "log", "drain", "status"});
    }

    /** What may become true while the daemons start. */
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Thread daemons, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            if (!daemons.isAlive() || System.nanoTime() - deadline > 0) {
                throw new IOException("the daemons did not start, or not within "
                        + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS) + " s");
            }
            daemons.join(100);
        }
    }
}
