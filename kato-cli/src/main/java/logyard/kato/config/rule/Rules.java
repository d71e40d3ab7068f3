package logyard.kato.config.rule;

import java.util.List;
import logyard.config.ConfigSubtree;

/** What the settings of a component must be like. */
public interface Rules {
    /**
     * Checks a change of the settings of one component, all of which are there before and after it.
     *
     * @param force whether the operator wants it even if it is unusual
     * @throws logyard.config.ConfigException naming every value that is wrong, and what would be right
     */
    void check(ConfigSubtree before, ConfigSubtree after, boolean force);

    /** What the operator should know of a change that {@link #check} lets pass, each in a sentence. */
    default List<String> warnings(ConfigSubtree before, ConfigSubtree after) {
        return List.of();
    }

    /** Whether each value must be of a type of its own, so that what looks like JSON may have to be text. */
    default boolean isStrict() {
        return true;
    }

    /** How many names lead to a value; an object there is one value. */
    default int depth() {
        return Integer.MAX_VALUE;
    }
}
