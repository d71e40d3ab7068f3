package logyard.kato.log.stream;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.Suggestion;
import logyard.core.event.Keys;
import logyard.kato.command.CommandFailedException;
import logyard.kato.output.Console;

/**
 * Whose logs an operator means by the names after {@code kato log tail}: processes, roles and groups of roles.
 *
 * <p>A name that is both, such as {@code dea}, means the process. A role means the processes that are listed here, or
 * those named after it ({@code redis}: {@code redis_node}, {@code redis_gateway}, …). Which roles there are, the nodes say
 * ({@code /node/<node>}); which processes a role has, nothing in the tree says.
 *
 * @param processes those whose logs systail reads
 * @param roles those that some node has
 */
record Components(NavigableSet<String> processes, NavigableSet<String> roles, Console console) {
    /** Processes of roles that they are not named after, and roles of groups (inferred: kato itself was never published). */
    static final Map<String, List<String>> MEMBERS = Map.of(
            "base", List.of("cloud_events", "kato", "logyard", "supervisord", "systail"),
            "controller",
                    List.of(
                            "aok",
                            "app_store",
                            "cc_nginx",
                            "cc_nginx_error",
                            "cloud_controller",
                            "cloud_controller_ng"),
            "primary", List.of("applog_redis", "doozerd", "nats_server", "nginx", "nginx_error", "zookeeper"),
            "mdns", List.of("app_mdns", "avahi_publisher"),
            "data-services", List.of("filesystem", "memcached", "mongodb", "mysql", "postgresql", "rabbit", "redis"));

    static Components read(ConfigTree tree, Console console) {
        NavigableSet<String> roles = new TreeSet<>();
        tree.children(ConfigPath.NODES)
                .values()
                .forEach(node -> node.path("roles").fieldNames().forEachRemaining(roles::add));
        return new Components(new TreeSet<>(tree.names(ConfigPath.SYSTAIL.child("log_files"))), roles, console);
    }

    /** The prefixes of their keys, each with the last dot, so that {@code dea} is not {@code dea_ng}, too. */
    List<String> prefixes(Collection<String> names) {
        return names.stream()
                .flatMap(this::processes)
                .distinct()
                .map(process -> "systail." + process + ".")
                .toList();
    }

    private Stream<String> processes(String name) {
        if (!Keys.isName(name)) {
            throw new CommandFailedException(
                    "the name of a process or role holds letters, digits, dashes and underscores, got \"" + name
                            + "\"");
        }
        if (processes.contains(name)) {
            return Stream.of(name);
        }
        if (MEMBERS.containsKey(name)) {
            return MEMBERS.get(name).stream().flatMap(this::members);
        }
        if (!namedAfter(name).isEmpty()) {
            return members(name);
        }
        console.warn("systail reads no log called " + name + (roles.contains(name) ? ", which is a role" : "")
                + hint(name) + "; those it reads are shown by: kato config get systail log_files");
        return Stream.of(name);
    }

    private String hint(String name) {
        Set<String> all = new TreeSet<>(processes);
        all.addAll(MEMBERS.keySet());
        return Suggestion.nearest(name, all)
                .map(meant -> "; did you mean " + meant + "?")
                .orElse("");
    }

    /** A member is a process, or a role of a group. */
    private Stream<String> members(String member) {
        NavigableSet<String> all = new TreeSet<>(namedAfter(member));
        all.add(member);
        return all.stream();
    }

    private NavigableSet<String> namedAfter(String role) {
        String prefix = role + "_";
        NavigableSet<String> found = new TreeSet<>();
        processes.tailSet(prefix, true).stream()
                .takeWhile(process -> process.startsWith(prefix))
                .forEach(found::add);
        return found;
    }
}
