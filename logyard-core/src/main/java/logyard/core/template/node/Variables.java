package logyard.core.template.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logyard.core.template.value.Value;

/** The variables in scope, newest last. One template's execution, one thread. */
final class Variables {
    private final List<String> names = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();

    /** {@code $} alone. */
    Variables(Value data) {
        declare("$", data);
    }

    /** A point to which {@link #forgetSince} can return. */
    int mark() {
        return names.size();
    }

    /** Ends the scope that began at a mark. */
    void forgetSince(int mark) {
        names.subList(mark, names.size()).clear();
        values.subList(mark, values.size()).clear();
    }

    void declare(String name, Value value) {
        names.add(name);
        values.add(value);
    }

    /** Sets the newest variable of that name; false if there is none. */
    boolean assign(String name, Value value) {
        int index = names.lastIndexOf(name);
        if (index >= 0) {
            values.set(index, value);
        }
        return index >= 0;
    }

    /** Sets the variable that was declared {@code age}-last. */
    void replaceNewest(int age, Value value) {
        values.set(values.size() - age, value);
    }

    Optional<Value> get(String name) {
        int index = names.lastIndexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(values.get(index));
    }
}
