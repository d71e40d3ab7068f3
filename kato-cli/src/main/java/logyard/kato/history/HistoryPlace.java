package logyard.kato.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import logyard.config.ConfigPath;
import logyard.config.Defaults;
import logyard.core.daemon.Setting;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainSpec.HostAndPort;
import logyard.core.drain.DrainUri;
import logyard.core.drain.InvalidDrainException;
import logyard.core.drain.Login;
import logyard.kato.command.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * Where the history is kept: where the drain {@code builtin.katohistory} sends it to.
 *
 * @param tls whether Redis is reached over TLS
 * @param login of who reads it
 * @param secrets the folder with the password that the login may name
 * @param key of the list
 */
record HistoryPlace(HostAndPort address, boolean tls, int database, Login login, Path secrets, String key) {
    private static final String NAME = "builtin.katohistory";
    private static final ConfigPath DRAIN = ConfigPath.DRAINS.child(NAME);

    /**
     * The place that the tree names.
     *
     * @throws HistoryUnavailableException if it names none that can be read
     */
    static HistoryPlace of(Cluster cluster) {
        String uri = cluster.tree().read(DRAIN).map(JsonNode::asText).orElseGet(HistoryPlace::packaged);
        try {
            return of(DrainSpec.parse(NAME, uri, Map.of()), cluster);
        } catch (InvalidDrainException e) {
            throw unusable(e.getMessage(), e);
        }
    }

    /** Where that drain sends to if nobody changed it; asked also if somebody deleted it. */
    private static String packaged() {
        return Defaults.all()
                .value(DRAIN.relativeTo(ConfigPath.LOGYARD))
                .orElseThrow()
                .asText();
    }

    private static HistoryPlace of(DrainSpec drain, Cluster cluster) {
        DrainUri uri = drain.uri();
        String key = uri.params().getOrDefault("key", "");
        boolean tls = uri.scheme().equals("rediss");
        if (!tls && !uri.scheme().equals("redis")) {
            throw unusable("it sends to " + uri + ", which is no Redis", null);
        }
        if (key.isEmpty()) {
            throw unusable("it keeps no list of its own, for its URI has no key", null);
        }
        if (uri.params().containsKey("ca")) {
            throw unusable("kato cannot read over TLS with a CA of one's own (ca=) yet", null);
        }
        return new HistoryPlace(
                address(drain.hostAndPort(), cluster),
                tls,
                (int) drain.number("database", 0, 0, Integer.MAX_VALUE),
                Login.of(uri.userInfo()),
                cluster.settings().path(Setting.DRAIN_SECRETS_DIR),
                key);
    }

    private static HostAndPort address(HostAndPort given, Cluster cluster) {
        if (!given.host().equals(DrainEnvironment.CORE_ALIAS)) {
            return given;
        }
        String core = cluster.tree()
                .read(ConfigPath.MBUS_IP)
                .map(JsonNode::asText)
                .filter(ip -> !ip.isEmpty())
                .orElseThrow(
                        () -> new HistoryUnavailableException("Where the history is kept is not known; set the address"
                                + " of its Redis: kato config set cluster mbusip IP"));
        return new HostAndPort(core, given.port());
    }

    /**
     * The password as it is now; empty if there is no login.
     *
     * @throws HistoryUnavailableException if its file cannot be read
     */
    String password() {
        try {
            return login.currentPassword(secrets);
        } catch (IOException e) {
            throw unusable(e.getMessage(), e);
        }
    }

    private static HistoryUnavailableException unusable(@Nullable String why, @Nullable Throwable cause) {
        String message = "The history cannot be read from where the drain builtin.katohistory keeps it: " + why;
        return cause == null
                ? new HistoryUnavailableException(message)
                : new HistoryUnavailableException(message, cause);
    }

    @Override
    public String toString() {
        return "Redis at " + address; // never the password
    }
}
