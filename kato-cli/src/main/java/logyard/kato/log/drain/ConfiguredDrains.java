package logyard.kato.log.drain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import logyard.config.ConfigPath;
import logyard.core.daemon.Setting;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainTypes;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;

/** The drains in the configuration of the cluster: every node runs each of them. */
public final class ConfiguredDrains {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    /** Of drains that live as long as the command that made them. */
    private static final String TEMPORARY = "tmp.";

    /** Of drains that come with Logyard, and that others depend on. */
    private static final String BUILT_IN = "builtin.";

    private final Cluster cluster;
    private final Supplier<DrainTypes> types;

    /** @param types what new drains are checked with */
    public ConfiguredDrains(Cluster cluster, Supplier<DrainTypes> types) {
        this.cluster = cluster;
        this.types = types;
    }

    /** The names of all drains. */
    public SortedSet<String> names() {
        return cluster.tree().names(ConfigPath.DRAINS);
    }

    /** The URI of each drain by its name; what is no text in the tree, as it is there. */
    public SortedMap<String, String> uris() {
        return texts(ConfigPath.DRAINS);
    }

    /** The template of each named format. */
    public SortedMap<String, String> formats() {
        return texts(ConfigPath.DRAIN_FORMATS);
    }

    private SortedMap<String, String> texts(ConfigPath path) {
        SortedMap<String, String> texts = new TreeMap<>();
        cluster.tree().children(path).forEach((name, value) -> texts.put(name, text(value)));
        return texts;
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    /**
     * Adds a drain, if nothing at all is wrong with it.
     *
     * @param force whether it may replace one of that name, and have the name of a built-in one
     * @throws CommandFailedException if its name may not be used
     * @throws logyard.core.drain.InvalidDrainException if it could never work
     */
    public void add(String name, String uri, boolean force) {
        check(name, uri, formats(), force);
        ConfigPath place = ConfigPath.DRAINS.child(name);
        if (force) {
            cluster.tree().set(place, TextNode.valueOf(uri));
        } else if (!cluster.tree().create(place, TextNode.valueOf(uri))) {
            throw new CommandFailedException("there is a drain " + name + " already; --force replaces it");
        }
    }

    /**
     * Refuses a drain with which anything at all is wrong.
     *
     * @param formats the named formats of the cluster
     * @param force whether it may have the name of a built-in one
     * @throws CommandFailedException if its name may not be used
     * @throws logyard.core.drain.InvalidDrainException if it could never work
     */
    public void check(String name, String uri, Map<String, String> formats, boolean force) {
        if (!NAME.matcher(name).matches()) {
            throw new CommandFailedException(
                    "the name of a drain must begin with a letter or digit and hold only those,"
                            + " dots, dashes and underscores, 128 at most, got \"" + name + "\"");
        }
        if (name.startsWith(TEMPORARY)) {
            throw new CommandFailedException("names that begin with " + TEMPORARY
                    + " are for drains that end with the command that made them, got \"" + name + "\"");
        }
        requireForceForBuiltIn(name, force);
        try (DrainTypes installed = types.get()) {
            var unused = installed.checkNew(name, uri, formats, environment());
        }
    }

    /**
     * Deletes a drain.
     *
     * @param force whether it may be a built-in one
     */
    public void delete(String name, boolean force) {
        requireForceForBuiltIn(name, force);
        if (!isPlaceName(name) || !cluster.tree().delete(ConfigPath.DRAINS.child(name))) {
            throw noSuch(name);
        }
    }

    /** The answer to a name that is not the name of a drain. */
    static CommandFailedException noSuch(String name) {
        return new CommandFailedException("No such drain: " + name);
    }

    /** Whether the tree could hold such a name, which need not be one that we would give. */
    private static boolean isPlaceName(String name) {
        return !name.isEmpty() && !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0;
    }

    /** Refuses to change one that comes with Logyard unless the operator insists. */
    public void requireForceForBuiltIn(String name, boolean force) {
        if (name.startsWith(BUILT_IN) && !force) {
            throw new CommandFailedException("names that begin with " + BUILT_IN
                    + " are of drains that come with Logyard and others depend on; --force changes " + name
                    + " all the same");
        }
    }

    private DrainEnvironment environment() {
        return new DrainEnvironment(
                cluster.settings().paths(Setting.FILE_ALLOWED_DIRS),
                () -> cluster.tree()
                        .read(ConfigPath.MBUS_IP)
                        .map(JsonNode::asText)
                        .orElse(""));
    }
}
