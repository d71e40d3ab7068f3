package logyard.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import logyard.core.daemon.ManualTime;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.FakeDrainType;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import logyard.core.router.Account;
import logyard.core.router.DrainFeed;
import logyard.core.router.DropReason;
import logyard.core.router.FeedCursor;
import logyard.core.router.Router;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainRunTest {
    @TempDir
    Path folder;

    private final ManualTime time = new ManualTime();
    private final Queue<Runnable> eventLoop = new ArrayDeque<>();
    private final FakeDrainType type = new FakeDrainType(eventLoop::add).openingAtOnce();
    private Journal journal;
    private Router router;

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(JournalOptions.of(folder, 256 << 20, 0), Clock.systemUTC());
        router = new Router(journal, 1 << 20, Runnable::run);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    @Test
    void aDrainThatSearchesTheJournalLetsOthersHaveTheirTurn() throws IOException {
        for (int i = 0; i < 16_000; i++) {
            route("noise.a {" + "x".repeat(1000) + "}");
        }
        route("rare.a {\"found\":1}");
        DrainFeed searching = feed("rare", 0);
        FakeDrainType.Target rare = run("fake://h:1?filter=rare", searching);
        FakeDrainType.Target live = run("fake://h:1?filter=systail", feed("systail", router.end()));

        int delivered = 0;
        while (searching.isLagging()) {
            route("systail.dea.1 {}");
            router.wake();
            int waiting = eventLoop.size(); // each has its turn, and no more
            for (int i = 0; i < waiting; i++) {
                eventLoop.remove().run();
            }
            delivered++;
            assertThat(live.received()).isEqualTo("{}\n".repeat(delivered));
        }

        assertThat(delivered).isGreaterThan(10);
        assertThat(rare.received()).isEqualTo("{\"found\":1}\n");
    }

    @Test
    void whatNeedsNoSendingDoesNotPassForWhatIsBeingSent() throws IOException {
        DrainFeed feed = feed("systail", router.end());
        FakeDrainType.Target target = run("fake://h:1?filter=systail&format=%7B%7B.n%7D%7D", feed);
        target.hold();
        route("systail.a {\"n\":1}");
        router.wake();
        runAll();

        route("systail.a this is no JSON");
        router.wake();
        runAll();

        assertThat(feed.account()).isEqualTo(Account.NOTHING);
        target.release();
        runAll();
        assertThat(feed.account()).satisfies(account -> {
            assertThat(account.delivered()).isEqualTo(1);
            assertThat(account.dropped(DropReason.UNFORMATTABLE)).isEqualTo(1);
            assertThat(account.dropped()).isEqualTo(1);
        });
        assertThat(target.received()).isEqualTo("1\n<no value>\n"); // the notice has no n
    }

    private DrainFeed feed(String prefix, long start) throws IOException {
        return router.add(List.of(prefix.getBytes(StandardCharsets.UTF_8)), FeedCursor.startingAt(start));
    }

    private FakeDrainType.Target run(String uri, DrainFeed feed) {
        DrainSpec spec = DrainSpec.parse("mine", uri, Map.of());
        type.open(spec, new DrainEnvironment(List.of(), () -> ""));
        FakeDrainType.Target target = type.lastAttempt().target;
        var work = new DrainAttempt.Work(spec, feed, new RunCounters(), "10.0.0.5", time.clock());
        new DrainRun(work, target, reason -> {}).start();
        return target;
    }

    private void route(String event) throws IOException {
        byte[] frame = event.getBytes(StandardCharsets.UTF_8);
        router.route(journal.append(frame), frame);
        journal.flush();
    }

    private void runAll() {
        while (!eventLoop.isEmpty()) {
            eventLoop.remove().run();
        }
    }
}
