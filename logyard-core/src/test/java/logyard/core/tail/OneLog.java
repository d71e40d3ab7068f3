package logyard.core.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A log that need not be there yet, and a tail that looks when it is told to. */
abstract class OneLog {
    @TempDir
    Path dir;

    Path log;
    SteppedTail tail;

    @BeforeEach
    void start() throws IOException {
        Path logs = Files.createDirectory(dir.resolve("logs"));
        log = logs.resolve("some.log");
        tail = SteppedTail.start(dir.resolve("state"));
    }

    @AfterEach
    void stop() throws IOException {
        tail.close();
    }
}
