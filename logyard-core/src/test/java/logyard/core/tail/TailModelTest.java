package logyard.core.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import logyard.core.model.RandomLives;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random lives of several logs, with rotations of all kinds, losses, stalls, stops and kills, against a model; {@link
 * TailLife} says what must hold. {@code -Dlogyard.tail.seed}, {@code .seeds} and {@code .minutes} say how many.
 */
class TailModelTest {
    private static final int LIVES = 12;
    private static final int ACTIONS = 80;

    /** Where a sync costs nothing; kill -9 does not lose what is not synced. */
    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir
    private Path dir;

    private int lives;

    @BeforeEach
    void logNothing() {
        Logs.quiet(true);
    }

    @AfterEach
    void logAgain() {
        Logs.quiet(false);
    }

    @Test
    void everythingThatCanBeFoundArrivesInOrder() {
        new RandomLives<>("logyard.tail", random -> TailAction.random(random, ACTIONS), this::live).run(LIVES);
    }

    private void live(List<TailAction> actions) throws IOException {
        Path folder = Files.createDirectories(dir.resolve("logs-" + lives++));
        Path state = Files.createTempDirectory(Files.isDirectory(MEMORY) ? MEMORY : dir, "tail-model");
        try (var life = new TailLife(folder, state)) {
            life.live(actions);
        } finally {
            DeletedTree.delete(state);
            DeletedTree.delete(folder);
        }
    }
}
