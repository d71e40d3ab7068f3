package logyard.kato.doctor;

import java.util.ArrayList;
import java.util.List;

/** What was found out so far. One thread. */
final class Findings {
    private final List<Finding> all = new ArrayList<>();

    void ok(String subject, String text) {
        add(Finding.Level.OK, subject, text, "");
    }

    void warn(String subject, String text, String remedy) {
        add(Finding.Level.WARN, subject, text, remedy);
    }

    void fail(String subject, String text, String remedy) {
        add(Finding.Level.FAIL, subject, text, remedy);
    }

    void add(Finding.Level level, String subject, String text, String remedy) {
        all.add(new Finding(level, subject, text, remedy));
    }

    List<Finding> all() {
        return List.copyOf(all);
    }
}
