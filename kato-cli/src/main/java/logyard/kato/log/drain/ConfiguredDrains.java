package logyard.kato.log.drain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import logyard.config.ConfigPath;
import logyard.core.LogyardCore;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.EventSources;
import logyard.core.drain.InvalidDrainException;
import logyard.core.drain.Steps;
import logyard.core.event.Message;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;

/** The drains in the configuration of the cluster: every node runs each of them. */
public final class ConfiguredDrains {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    /** Of drains that live as long as the command that made them. */
    private static final String TEMPORARY = "tmp.";

    /** Of drains that come with Logyard, and that others depend on. */
    private static final String BUILT_IN = "builtin.";

    private static final long PROBE_SECONDS = 20;

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
     * The whole URI of a drain as it is given on the command line.
     *
     * @throws logyard.core.drain.InvalidDrainException if it says something twice, or names a format that does not exist
     */
    public String complete(String base, List<String> prefixes, Map<String, String> params) {
        return new NewDrain(base, prefixes, params).uri(formats());
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
            throw exists(name);
        }
    }

    /**
     * Does all that {@link #add} does, but adds nothing.
     *
     * @return the URI of the drain that it would replace
     */
    public Optional<String> tryToAdd(String name, String uri, boolean force) {
        check(name, uri, formats(), force);
        Optional<String> old =
                cluster.tree().read(ConfigPath.DRAINS.child(name)).map(ConfiguredDrains::text);
        if (old.isPresent() && !force) {
            throw exists(name);
        }
        return old;
    }

    /** Which parameters of a drain will be ignored, if any. */
    Optional<String> ignored(String name, String uri) {
        Map<String, String> formats = formats();
        try (DrainTypes installed = types.get()) {
            return installed.ignored(installed.check(name, uri, formats, environment()));
        }
    }

    private static CommandFailedException exists(String name) {
        return new CommandFailedException("there is a drain " + name + " already; --force replaces it");
    }

    /** The nodes that run drains: by name, whether their core runs. */
    public SortedMap<String, Boolean> nodes() {
        SortedMap<String, Boolean> nodes = new TreeMap<>();
        DrainStatuses.nodes(cluster.tree())
                .forEach(node -> nodes.put(
                        node,
                        cluster.tree().names(ConfigPath.RUNNING.child(node)).contains(LogyardCore.PROCESS)));
        return nodes;
    }

    /**
     * Tries a drain from this machine, and sends one line that says so. Waits, at most 20 s.
     *
     * @param name of one that there is, or a URI
     * @throws IOException if the step that began last failed
     */
    void probe(String name, Steps steps) throws IOException {
        boolean isUri = name.contains("://");
        String uri = isUri ? name : uriOf(name);
        Map<String, String> formats = formats();
        try (DrainTypes installed = types.get()) {
            steps.begins("check", "see docs/drains.md");
            DrainEnvironment watched = environment().watchedBy(steps);
            DrainSpec spec = installed.checkNew(isUri ? "test" : name, uri, formats, watched);
            Message event = TestLine.of(spec, cluster.node());
            steps.done(spec.uri().masked());
            await(installed.of(spec).probe(spec, watched, event), spec);
        }
    }

    private static void await(CompletableFuture<Void> probe, DrainSpec spec) throws IOException {
        try {
            probe.get(PROBE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + PROBE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof CompletionException nested && nested.getCause() != null
                    ? nested.getCause()
                    : e.getCause();
            if (cause instanceof InvalidDrainException invalid) {
                throw invalid;
            }
            throw new IOException(
                    spec.uri().hide(String.valueOf(cause == null ? e.getMessage() : cause.getMessage())), e);
        }
    }

    /** Where a drain sends that there is. */
    String uriOf(String name) {
        return Optional.ofNullable(uris().get(name)).orElseThrow(() -> noSuch(name));
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
        requireName(name);
        if (name.startsWith(TEMPORARY)) {
            throw new CommandFailedException("names that begin with " + TEMPORARY
                    + " are for drains that end with the command that made them, got \"" + name + "\"");
        }
        requireForceForBuiltIn(name, force);
        try (DrainTypes installed = types.get()) {
            var unused = installed.checkNew(name, uri, formats, environment());
        }
    }

    /** Refuses a name that a drain, or what is part of one, must not have. */
    public static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new CommandFailedException(
                    "the name of a drain must begin with a letter or digit and hold only those,"
                            + " dots, dashes and underscores, 128 at most, got \"" + name + "\"");
        }
    }

    /**
     * Refuses a drain whose host has, as far as this machine knows, only addresses that it may not send to. Each node looks
     * again at each connect.
     *
     * @throws CommandFailedException if it is so
     */
    public void requirePermitted(String name, String uri) {
        String host = DrainSpec.parse(name, uri, formats()).hostAndPort().host();
        try {
            List<InetAddress> unused =
                    environment().forDrain(name).denied().permitted(List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException e) {
            // the nodes may know it, or will
        } catch (IOException e) {
            throw new CommandFailedException(host + ": " + e.getMessage());
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
        return DrainEnvironment.of(
                cluster.settings(),
                () -> EventSources.of(cluster.tree().subtree(ConfigPath.SYSTAIL), cluster.settings()),
                () -> cluster.tree()
                        .read(ConfigPath.MBUS_IP)
                        .map(JsonNode::asText)
                        .orElse(""));
    }
}
