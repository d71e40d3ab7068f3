package logyard.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SavePaceTest {
    private static final long BEGAN = 1_000_000;
    private static final long TOOK = 10_000;
    private static final long SAVED = BEGAN + TOOK;
    private static final long READ = 5 << 20;
    private static final long MUCH = 1 << 20;

    private final SavePace pace = new SavePace(BEGAN);

    @Test
    void isDueAtOnceAtTheStart() {
        assertThat(pace.isDue(BEGAN, 0)).isTrue();
    }

    @Test
    void takesATwentiethOfTheTime() {
        pace.saved(BEGAN, SAVED, READ);

        assertThat(pace.isDue(SAVED + 19 * TOOK - 1, READ + MUCH - 1)).isFalse();
        assertThat(pace.isDue(SAVED + 19 * TOOK, READ)).isTrue();
    }

    @Test
    void takesAQuarterOfTheTimeWhereMuchWasRead() {
        pace.saved(BEGAN, SAVED, READ);

        assertThat(pace.isDue(SAVED + 3 * TOOK - 1, READ + MUCH)).isFalse();
        assertThat(pace.isDue(SAVED + 3 * TOOK, READ + MUCH)).isTrue();
    }

    @Test
    void whatWasReadBeforeASaveCountsNoMore() {
        pace.saved(BEGAN, SAVED, READ);
        pace.saved(BEGAN, SAVED, READ + MUCH);

        assertThat(pace.isDue(SAVED + 3 * TOOK, READ + MUCH + 1)).isFalse();
    }
}
