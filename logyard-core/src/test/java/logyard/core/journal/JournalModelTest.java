package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random lives of a journal, with crashes, against a list in memory. */
class JournalModelTest {
    /** How many lives of each kind; more with {@code -Dlogyard.journal.lives=…}. */
    private static final int LIVES = Integer.getInteger("logyard.journal.lives", 25);

    /** Set to live one life again. */
    private static final Long SEED = Long.getLong("logyard.journal.seed");

    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    @BeforeEach
    void logNothing() {
        TestJournals.logNothing();
    }

    @AfterEach
    void logAgain() {
        TestJournals.logAgain();
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatItPromisesThroughRandomLives(JournalLife.Crash crash) throws Exception {
        for (int i = 0; i < LIVES; i++) {
            long seed = SEED == null ? new Random().nextLong() : SEED;
            try (var life = new JournalLife(folder.resolve(crash + "-" + i), crash, new Random(seed))) {
                life.live(400);
            } catch (AssertionError | RuntimeException | IOException e) {
                throw new AssertionError("Life " + i + " with -Dlogyard.journal.seed=" + seed + ": " + e, e);
            }
        }

        assertThat(LIVES).isPositive();
    }
}
