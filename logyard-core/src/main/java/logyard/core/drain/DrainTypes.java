package logyard.core.drain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import logyard.config.Suggestion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The drain types that are there, by scheme. Immutable. */
public final class DrainTypes implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DrainTypes.class);

    private final Map<String, DrainType> byScheme = new TreeMap<>();
    private final List<DrainType> types;

    public DrainTypes(List<DrainType> types) {
        this.types = List.copyOf(types);
        types.forEach(type -> type.schemes().forEach(scheme -> byScheme.put(scheme, type)));
    }

    /** All types on the class path. One that cannot be loaded, as a third party's may be, is logged and left out. */
    public static DrainTypes installed() {
        return of(ServiceLoader.load(DrainType.class));
    }

    static DrainTypes of(Iterable<DrainType> loading) {
        List<DrainType> types = new ArrayList<>();
        Iterator<DrainType> next = loading.iterator();
        boolean more = true;
        while (more) {
            try {
                more = next.hasNext();
                if (more) {
                    types.add(next.next());
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                log.error("Leaving out a drain type that cannot be loaded: {}", e.toString());
            }
        }
        return new DrainTypes(types);
    }

    /**
     * The type of a drain.
     *
     * @throws InvalidDrainException if there is none for its scheme
     */
    public DrainType of(DrainSpec spec) {
        DrainType type = byScheme.get(spec.uri().scheme());
        if (types.isEmpty()) {
            throw new InvalidDrainException(
                    "there are no drain types: the jar logyard-drains is not on the class path of this process");
        }
        if (type == null) {
            throw new InvalidDrainException("unknown drain type: " + spec.uri().masked() + " (there are "
                    + String.join(", ", byScheme.keySet()) + ")");
        }
        return type;
    }

    /**
     * Reads and checks a drain completely, as it is done before one is added and before one is started.
     *
     * @throws InvalidDrainException naming the value and what would be right
     */
    public DrainSpec check(String name, String uri, Map<String, String> formats, DrainEnvironment environment) {
        DrainSpec spec = DrainSpec.parse(name, uri, formats);
        Optional<Instant> since = spec.since();
        int last = spec.last();
        if (since.isPresent() && last > 0) {
            throw new InvalidDrainException("a drain begins at a time (since) or with so many events (last), not both");
        }
        of(spec).check(spec, environment.forDrain(name));
        return spec;
    }

    /**
     * As {@link #check}, and refuses a parameter whose name looks like a slip. The original ignored what it did not know,
     * so that a drain that exists may have any; who adds one now would rather hear of it.
     *
     * @throws InvalidDrainException naming the value and what would be right
     */
    public DrainSpec checkNew(String name, String uri, Map<String, String> formats, DrainEnvironment environment) {
        DrainSpec spec = check(name, uri, formats, environment);
        of(spec).checkHere(spec, environment.forDrain(name));
        SortedSet<String> known = new TreeSet<>(of(spec).parameters());
        known.addAll(List.of("filter", "format", DrainSpec.SINCE, DrainSpec.LAST));
        for (String unknown : unknownParameters(spec)) {
            Suggestion.nearest(unknown.toLowerCase(Locale.ROOT), known).ifPresent(meant -> {
                throw new InvalidDrainException(spec.uri().scheme() + " drains have no parameter \"" + unknown
                        + "\": did you mean " + meant + "?");
            });
        }
        return spec;
    }

    /** What a new drain's parameters are that its type does not know, and which it does; empty if there are none. */
    public Optional<String> ignored(DrainSpec spec) {
        SortedSet<String> unknown = unknownParameters(spec);
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        Set<String> known = new TreeSet<>(of(spec).parameters());
        return Optional.of(spec.uri().scheme() + " drains ignore "
                + unknown.stream().map(each -> '"' + each + '"').collect(Collectors.joining(", ")) + "; "
                + (known.isEmpty() ? "they have no parameters of their own" : "they know " + String.join(", ", known)));
    }

    /** The parameters of a drain that mean nothing to its type. */
    public SortedSet<String> unknownParameters(DrainSpec spec) {
        SortedSet<String> unknown = new TreeSet<>(spec.uri().params().keySet());
        unknown.removeAll(of(spec).parameters());
        unknown.removeAll(List.of(DrainSpec.SINCE, DrainSpec.LAST));
        return unknown;
    }

    @Override
    public void close() {
        types.forEach(DrainType::close);
    }
}
