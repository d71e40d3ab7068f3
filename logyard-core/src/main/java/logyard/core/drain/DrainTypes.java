package logyard.core.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The drain types that are there, by scheme. Immutable. */
public final class DrainTypes implements AutoCloseable {
    private final Map<String, DrainType> byScheme = new TreeMap<>();
    private final List<DrainType> types;

    public DrainTypes(List<DrainType> types) {
        this.types = List.copyOf(types);
        types.forEach(type -> type.schemes().forEach(scheme -> byScheme.put(scheme, type)));
    }

    /** All types on the class path. */
    public static DrainTypes installed() {
        List<DrainType> types = new ArrayList<>();
        ServiceLoader.load(DrainType.class).forEach(types::add);
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
        of(spec).check(spec, environment);
        return spec;
    }

    @Override
    public void close() {
        types.forEach(DrainType::close);
    }
}
