package logyard.kato.log.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastLinesTest {
    private static final long BEGUN = 1000;

    private final List<String> shown = new ArrayList<>();
    private final LastLines lines = new LastLines(
            new LiveEvents() {
                @Override
                public void line(String event) {
                    shown.add(event);
                }

                @Override
                public void notice(String text) {}

                @Override
                public void stop() {}
            },
            event -> event.startsWith("systail"),
            2,
            BEGUN);

    private static String event(long second, String text) {
        return "systail.a {\"unix_time\":" + second + ",\"text\":\"" + text + "\"}";
    }

    private void come(String... events) {
        List.of(events).forEach(lines::line);
    }

    @Test
    void showsTheLastOfAllNodesByTimeAndWhateverIsNotOfThePast() {
        come(event(990, "a1"), event(998, "a2"), event(999, "a3"), event(1000, "live"));
        come(event(991, "b1"), event(999, "b2"));
        assertThat(shown).isEmpty();

        lines.release();
        come(event(1, "late"));

        assertThat(shown).containsExactly(event(999, "a3"), event(999, "b2"), event(1000, "live"), event(1, "late"));
    }

    @Test
    void takesWhatHasNoTimeForNew() {
        come("systail.a no json", event(1, "old"));

        lines.release();

        assertThat(shown).containsExactly(event(1, "old"), "systail.a no json");
    }

    @Test
    void handsOnAtOnceWhatDoesNotCount() {
        come("other {}");

        assertThat(shown).containsExactly("other {}");
    }
}
