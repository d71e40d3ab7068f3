package logyard.config.zookeeper;

import java.nio.file.Path;
import java.time.Duration;
import logyard.config.ConfigPath;
import logyard.config.Problems;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the tree.
 *
 * @param connect the servers, such as {@code 10.0.0.1:2181,10.0.0.2:2181}
 * @param chroot where the tree begins on them; {@link ConfigPath#ROOT} unless they are shared
 * @param sessionTimeout how long the server keeps what this process published after it was last heard of
 * @param operationTimeout how long reading or changing a value waits for the server
 * @param access who may see and change what this process writes
 * @param authFile holds {@code user:password}, one line; needed for {@link Access#SECURED}
 */
public record ZooKeeperOptions(
        String connect,
        ConfigPath chroot,
        Duration sessionTimeout,
        Duration operationTimeout,
        Access access,
        @Nullable Path authFile) {
    private static final Duration DAEMON_SESSION = Duration.ofSeconds(15);
    private static final Duration COMMAND_SESSION = Duration.ofSeconds(10);
    private static final Duration OPERATION = Duration.ofSeconds(10);

    /** Who may see and change what this process writes: {@code zk.acl}. */
    public enum Access {
        /** Whoever has the user and password of {@code authFile}; anyone may read {@code /cluster/config/mbusip}. */
        SECURED,
        /** Anyone who reaches the server: for development. */
        OPEN
    }

    public ZooKeeperOptions {
        new Problems()
                .require(!connect.isBlank(), "zk.connect must name a server such as 127.0.0.1:2181")
                .require(
                        connect.indexOf('/') < 0,
                        "zk.connect must hold servers only, got " + connect + " (a path on them is zk.chroot)")
                .require(sessionTimeout.toMillis() > 0, "the session timeout must be positive, got " + sessionTimeout)
                .require(
                        operationTimeout.toMillis() > 0,
                        "the operation timeout must be positive, got " + operationTimeout)
                .require(
                        access == Access.OPEN || authFile != null,
                        "zk.auth.file must name the file that holds user:password, or zk.acl must be open")
                .throwIfAny();
    }

    /** For a process that stays. */
    public static ZooKeeperOptions forDaemon(
            String connect, ConfigPath chroot, Access access, @Nullable Path authFile) {
        return new ZooKeeperOptions(connect, chroot, DAEMON_SESSION, OPERATION, access, authFile);
    }

    /** For a command, whose temporary drains should go soon after it was killed. */
    public static ZooKeeperOptions forCommand(
            String connect, ConfigPath chroot, Access access, @Nullable Path authFile) {
        return new ZooKeeperOptions(connect, chroot, COMMAND_SESSION, OPERATION, access, authFile);
    }
}
