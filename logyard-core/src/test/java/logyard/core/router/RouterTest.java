package logyard.core.router;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterTest {
    @TempDir
    Path folder;

    private Journal journal;
    private Router router;

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(new JournalOptions(folder, 1 << 30, 0, 1000), Clock.systemUTC());
        router = new Router(journal, 1 << 20, Runnable::run);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    @Test
    void tellsKeysApartThatAreNoUtf8() throws IOException {
        DrainFeed one = add("caf\u00e8");
        DrainFeed other = add("caf\u00e9");

        route("caf\u00e9 {}");
        route("caf\u00e8 {}");
        route("caf\u00e9 {}");

        assertThat(one.cursor().matched()).isEqualTo(1);
        assertThat(other.cursor().matched()).isEqualTo(2);
    }

    @Test
    void keysThatAreNoUtf8AreNotInASummary() throws IOException {
        route("caf\u00e9 {}");
        route("event.a {" + "x".repeat(1000) + "}");
        route("event.b {}");
        journal.sync();

        assertThat(journal.seal()).isTrue();
        assertThat(journal.summary(0).orElseThrow().keys()).isEmpty();
    }

    private DrainFeed add(String prefix) throws IOException {
        return router.add(List.of(prefix.getBytes(ISO_8859_1)), FeedCursor.startingAt(router.end()));
    }

    private void route(String event) throws IOException {
        byte[] frame = event.getBytes(ISO_8859_1);
        router.route(journal.append(frame), frame);
    }
}
