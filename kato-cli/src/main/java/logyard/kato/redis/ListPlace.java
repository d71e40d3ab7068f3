package logyard.kato.redis;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
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

/**
 * Where a built-in drain keeps what it is sent: in lists of a Redis.
 *
 * @param drain its name
 * @param what people call what is kept, such as {@code the history}
 * @param tls whether Redis is reached over TLS
 * @param login of who reads it
 * @param secrets the folder with the password that the login may name
 * @param key of the one list; empty if each event goes to the list of its own key
 * @param limit how many events a list keeps
 */
public record ListPlace(
        String drain,
        String what,
        HostAndPort address,
        boolean tls,
        int database,
        Login login,
        Path secrets,
        String key,
        int limit) {
    /** That of the drain type. */
    private static final int USUAL_LIMIT = 1500;

    /**
     * The place that the tree names, or the packaged one if the drain is not there.
     *
     * @param what people call what is kept, such as {@code the history}
     * @throws ListUnavailableException if it is none that can be read
     */
    public static ListPlace of(Cluster cluster, String drain, String what) {
        String uri = cluster.tree()
                .read(ConfigPath.DRAINS.child(drain))
                .map(JsonNode::asText)
                .orElseGet(() -> packaged(drain));
        try {
            return of(DrainSpec.parse(drain, uri, Map.of()), what, cluster);
        } catch (InvalidDrainException e) {
            throw unusable(drain, what, String.valueOf(e.getMessage()));
        }
    }

    /** Where that drain sends to if nobody changed it; asked also if somebody deleted it. */
    private static String packaged(String drain) {
        return Defaults.all()
                .value(ConfigPath.DRAINS.child(drain).relativeTo(ConfigPath.LOGYARD))
                .orElseThrow()
                .asText();
    }

    private static ListPlace of(DrainSpec drain, String what, Cluster cluster) {
        DrainUri uri = drain.uri();
        boolean tls = uri.scheme().equals("rediss");
        if (!tls && !uri.scheme().equals("redis")) {
            throw unusable(drain.name(), what, "it sends to " + uri + ", which is no Redis");
        }
        if (uri.params().containsKey("ca")) {
            throw unusable(drain.name(), what, "kato cannot read over TLS with a CA of one's own (ca=) yet");
        }
        return new ListPlace(
                drain.name(),
                what,
                address(drain.hostAndPort(), what, cluster),
                tls,
                (int) drain.number("database", 0, 0, Integer.MAX_VALUE),
                Login.of(uri.userInfo()),
                cluster.settings().path(Setting.DRAIN_SECRETS_DIR),
                uri.params().getOrDefault("key", ""),
                (int) drain.number("limit", USUAL_LIMIT, 1, Integer.MAX_VALUE));
    }

    private static HostAndPort address(HostAndPort given, String what, Cluster cluster) {
        if (!given.host().equals(DrainEnvironment.CORE_ALIAS)) {
            return given;
        }
        String core = cluster.tree()
                .read(ConfigPath.MBUS_IP)
                .map(JsonNode::asText)
                .filter(ip -> !ip.isEmpty())
                .orElseThrow(() -> new ListUnavailableException("Where " + what + " is kept is not known; set the"
                        + " address of its Redis: kato config set cluster mbusip IP"));
        return new HostAndPort(core, given.port());
    }

    /** The password as it is now; empty if there is no login. */
    String password() {
        try {
            return login.currentPassword(secrets);
        } catch (IOException e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
    }

    /** Of what is kept there, but not so that it can be read. */
    public ListUnavailableException unusable(String why) {
        return unusable(drain, what, why);
    }

    private static ListUnavailableException unusable(String drain, String what, String why) {
        String begun = what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1);
        return new ListUnavailableException(
                begun + " cannot be read from where the drain " + drain + " keeps it: " + why);
    }

    @Override
    public String toString() {
        return "Redis at " + address; // never the password
    }
}
