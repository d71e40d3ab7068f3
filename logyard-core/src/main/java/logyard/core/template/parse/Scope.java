package logyard.core.template.parse;

import java.util.ArrayList;
import java.util.List;

/** What has been declared so far in one template, and whether a range is open. */
final class Scope {
    private final List<String> variables = new ArrayList<>(List.of("$"));
    private int ranges;

    int mark() {
        return variables.size();
    }

    /** Ends the scope that began at a mark. */
    void forgetSince(int mark) {
        variables.subList(mark, variables.size()).clear();
    }

    void declare(String variable) {
        variables.add(variable);
    }

    boolean knows(String variable) {
        return variables.contains(variable);
    }

    void enterRange() {
        ranges++;
    }

    void leaveRange() {
        ranges--;
    }

    boolean isInRange() {
        return ranges > 0;
    }
}
