package logyard.micro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.Defaults;

/** The drains that come with Logyard: they send to the Redis of the cluster, which here is on this machine. */
final class BuiltInDrains {
    private static final String PREFIX = "drains/builtin.";
    private static final Pattern ADDRESS = Pattern.compile("^redis://stackato-core:\\d+");

    private BuiltInDrains() {}

    /** Has those that nobody deleted or sent elsewhere send to a port of this machine, also if the tree is yet to be filled. */
    static void sendTo(int port, ConfigTree tree) {
        tree.set(ConfigPath.MBUS_IP, TextNode.valueOf("127.0.0.1"));
        boolean isFilled = tree.read(ConfigPath.LOGYARD).isPresent();
        Defaults.all().values().forEach((path, uri) -> {
            if (path.startsWith(PREFIX)) {
                ConfigPath drain = ConfigPath.parse(ConfigPath.LOGYARD + "/" + path);
                if (isFilled || !tree.create(drain, moved(uri, port))) {
                    tree.read(drain)
                            .filter(there -> !there.equals(moved(there, port)))
                            .ifPresent(there -> tree.set(drain, moved(there, port)));
                }
            }
        });
    }

    private static JsonNode moved(JsonNode uri, int port) {
        return TextNode.valueOf(ADDRESS.matcher(uri.asText()).replaceFirst("redis://stackato-core:" + port));
    }
}
