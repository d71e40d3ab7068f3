package logyard.kato.log.app.drain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import logyard.config.ConfigPath;
import logyard.config.ConfigReader;
import logyard.core.drain.AppDrains;
import logyard.core.drain.DrainUri;
import logyard.core.drain.InvalidDrainException;
import logyard.core.event.Keys;
import logyard.core.settings.ApptailConfig;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;
import logyard.kato.log.drain.ConfiguredDrains;

/**
 * The drains of one application: {@code appdrain.<guid>.<name>}, of which each gets the application's lines and nothing else.
 * A drain of such a name that gets anything else is an operator's, and is not touched. One thread.
 */
final class OwnDrains {
    private static final String QUOTA = "max_drains_per_app";

    private final ConfiguredDrains drains;
    private final Cluster cluster;
    private final String guid;

    OwnDrains(ConfiguredDrains drains, Cluster cluster, String guid) {
        this.drains = drains;
        this.cluster = cluster;
        this.guid = guid;
    }

    /** Where each sends to, by the name that the application's owner gave it. */
    SortedMap<String, String> uris() {
        String names = AppDrains.names(guid);
        SortedMap<String, String> own = new TreeMap<>();
        drains.uris().tailMap(names).forEach((name, uri) -> {
            if (name.startsWith(names) && isOwn(uri)) {
                own.put(name.substring(names.length()), uri);
            }
        });
        return own;
    }

    private boolean isOwn(String uri) {
        try {
            List<String> filters = DrainUri.parse(uri).filters();
            return filters.equals(List.of(AppDrains.filter(guid))) || filters.equals(List.of(Keys.apptail(guid)));
        } catch (InvalidDrainException e) {
            return false;
        }
    }

    /** The name that all know the drain by. */
    String fullName(String name) {
        return AppDrains.names(guid) + name;
    }

    /**
     * Adds one, if nothing at all is wrong with it.
     *
     * @param uri complete
     * @throws CommandFailedException if there is one already, or there are too many
     * @throws InvalidDrainException if it could never work
     */
    void add(String name, String uri, boolean force) {
        ConfiguredDrains.requireName(name);
        String fullName = fullName(name);
        Map<String, String> all = drains.uris();
        boolean replaces = uris().containsKey(name);
        if (all.containsKey(fullName) && !replaces) {
            throw new CommandFailedException(
                    "the drain " + fullName + " is not the application's own; take another name");
        }
        if (!replaces) {
            requireQuota(uris().size() + 1);
        }
        drains.requirePermitted(fullName, uri);
        drains.add(fullName, uri, replaces && force);
        if (!replaces) {
            takeBackAboveQuota(fullName);
        }
    }

    /** Several may have been added at once, each of which found room. */
    private void takeBackAboveQuota(String fullName) {
        try {
            requireQuota(uris().size());
        } catch (CommandFailedException e) {
            drains.delete(fullName, false);
            throw e;
        }
    }

    private void requireQuota(int count) {
        int quota = quota();
        if (count > quota) {
            throw new CommandFailedException(
                    "the application " + guid + " may have " + quota + " drains and would have "
                            + count + "; delete one (kato log app drain list " + guid
                            + "), or allow more: kato config set apptail "
                            + QUOTA + " " + count);
        }
    }

    /** A value in the tree that is no number counts as not set, as for apptail itself. */
    private int quota() {
        int packaged = new ConfigReader<>(ConfigPath.APPTAIL, ApptailConfig.class)
                .defaults()
                .maxDrainsPerApp();
        return cluster.tree()
                .read(ConfigPath.APPTAIL.child(QUOTA))
                .filter(JsonNode::canConvertToInt)
                .map(JsonNode::intValue)
                .orElse(packaged);
    }

    /** @throws CommandFailedException if the application has none of that name */
    void delete(String name) {
        if (!uris().containsKey(name)) {
            throw new CommandFailedException("the application " + guid + " has no drain \"" + name + "\"");
        }
        drains.delete(fullName(name), false);
    }
}
