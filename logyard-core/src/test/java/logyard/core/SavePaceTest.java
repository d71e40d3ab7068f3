package logyard.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SavePaceTest {
    private static final long BEGAN = 1_000_000;
    private static final long TOOK = 10_000;
    private static final long SAVED = BEGAN + TOOK;

    private final SavePace pace = new SavePace(BEGAN);

    @Test
    void isDueAtOnceAtTheStart() {
        assertThat(pace.isDue(BEGAN)).isTrue();
    }

    @Test
    void takesATwentiethOfTheTime() {
        pace.saved(BEGAN, SAVED);

        assertThat(pace.isDue(SAVED + 19 * TOOK - 1)).isFalse();
        assertThat(pace.isDue(SAVED + 19 * TOOK)).isTrue();
    }
}
