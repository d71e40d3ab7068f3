package logyard.core.journal;

import java.nio.file.Path;
import logyard.core.model.RandomLives;
import logyard.core.tail.DeletedTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random lives of a journal, with crashes, full and failing disks and damage, against a model; {@link JournalLife} says
 * what must hold. {@code -Dlogyard.journal.seed}, {@code .seeds} and {@code .minutes} say how many.
 */
class JournalModelTest {
    private static final int LIVES = 20;
    private static final int ACTIONS = 400;

    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    private int lives;

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
    void keepsWhatItPromisesThroughRandomLives(JournalLife.Mishap mishap) {
        new RandomLives<>("logyard.journal", random -> JournalAction.random(random, ACTIONS), actions -> {
                    Path root = folder.resolve("life-" + lives++);
                    try (var life = new JournalLife(root, mishap)) {
                        life.live(actions);
                    } finally {
                        DeletedTree.delete(root);
                    }
                })
                .run(LIVES);
    }
}
