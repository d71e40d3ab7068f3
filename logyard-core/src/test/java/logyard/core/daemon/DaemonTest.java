package logyard.core.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DaemonTest {
    @Test
    void closesInReverse() {
        List<String> closed = new ArrayList<>();
        var daemon = new Daemon("test");
        daemon.closeAtExit(() -> closed.add("first"));
        daemon.closeAtExit(() -> closed.add("second"));

        daemon.close();

        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void endsTheProcessWhenOneOfItsThreadsEndsByABug() throws Exception {
        Process process = start(Deaf.class);

        String output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor(60, SECONDS)).isTrue();
        assertThat(output)
                .contains("ERROR -- ", "The thread ingest ended by a bug, and test with it", "a bug of the test");
        assertThat(process.exitValue()).isEqualTo(1);
    }

    private static Process start(Class<?> main) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .redirectErrorStream(true)
                .start();
    }

    /** A daemon that would go on without its thread. */
    static final class Deaf {
        public static void main(String[] args) {
            try (Daemon daemon = Daemon.ofProcess("test")) {
                new Thread(
                                () -> {
                                    throw new IllegalStateException("a bug of the test");
                                },
                                "ingest")
                        .start();
                daemon.runUntilStopped();
            }
        }
    }
}
