package logyard.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import logyard.core.journal.Unread;
import logyard.core.router.Cursors;
import logyard.core.router.FeedCursor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorSavingTest {
    @TempDir
    Path folder;

    @Test
    void whoWasNotHeardOfYetHasNotReadWhatItHadNotReadThen() throws Exception {
        Cursors cursors = Cursors.load(folder.resolve("cursors.json"));
        cursors.save(Map.of("mine", standing(1000, "systail.dea")), Map.of("cloud_events", standing(50)));
        try (Journal journal =
                Journal.open(JournalOptions.of(folder.resolve("journal"), 16 << 20, 0), Clock.systemUTC())) {
            var saving = new CursorSaving(journal, Cursors.load(folder.resolve("cursors.json")));
            assertThat(saving.unread())
                    .containsExactlyInAnyOrder(new Unread(1000, List.of("systail.dea")), new Unread(50, List.of()));

            saving.drains(() -> Map.of("mine", standing(2000, "systail.dea")));

            assertThat(saving.unread())
                    .containsExactlyInAnyOrder(new Unread(2000, List.of("systail.dea")), new Unread(50, List.of()));
        }
    }

    private static Cursors.Saved standing(long position, String... filters) {
        return new Cursors.Saved(FeedCursor.startingAt(position), List.of(filters));
    }
}
