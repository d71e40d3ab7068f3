package logyard.kato.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import logyard.config.ConfigPath;
import logyard.core.daemon.Setting;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainSpec.HostAndPort;
import logyard.core.drain.DrainUri;
import logyard.core.drain.InvalidDrainException;
import logyard.kato.command.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * Where the history is kept: where the drain {@code builtin.katohistory} sends it to.
 *
 * @param tls whether Redis is reached over TLS
 * @param user null: the default user
 * @param password null: there is no login
 * @param key of the list
 */
record HistoryPlace(
        HostAndPort address,
        boolean tls,
        int database,
        @Nullable String user,
        @Nullable String password,
        String key) {
    private static final ConfigPath DRAIN = ConfigPath.DRAINS.child("builtin.katohistory");

    /** Where that drain sends to if nobody changed it; asked also if somebody deleted it. */
    private static final String PACKAGED =
            "redis://stackato-core:6464/?filter=event.kato_action&limit=256&key=kato_history";

    private static final String CORE_ALIAS = "stackato-core";
    private static final String SECRET = "secret:";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    /**
     * The place that the tree names.
     *
     * @throws HistoryUnavailableException if it names none that can be read
     */
    static HistoryPlace of(Cluster cluster) {
        String uri = cluster.tree().read(DRAIN).map(JsonNode::asText).orElse(PACKAGED);
        try {
            return of(DrainSpec.parse("builtin.katohistory", uri, Map.of()), cluster);
        } catch (InvalidDrainException e) {
            throw unusable(e.getMessage(), e);
        }
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
        String[] login = uri.userInfo().split(":", 2);
        return new HistoryPlace(
                address(drain.hostAndPort(), cluster),
                tls,
                (int) drain.number("database", 0, 0, Integer.MAX_VALUE),
                login[0].isEmpty() ? null : unescaped(login[0]),
                login.length < 2 ? null : password(login[1], cluster.settings().path(Setting.DRAIN_SECRETS_DIR)),
                key);
    }

    private static HostAndPort address(HostAndPort given, Cluster cluster) {
        if (!given.host().equals(CORE_ALIAS)) {
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

    private static String password(String given, Path secrets) {
        if (!given.startsWith(SECRET)) {
            return unescaped(given);
        }
        String name = unescaped(given.substring(SECRET.length()));
        if (!NAME.matcher(name).matches()) {
            throw unusable("what is behind " + SECRET + " in its URI is no name of a file", null);
        }
        try {
            return Files.readString(secrets.resolve(name)).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw unusable("its password, in " + secrets.resolve(name) + ", cannot be read: " + e, e);
        }
    }

    private static String unescaped(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
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
