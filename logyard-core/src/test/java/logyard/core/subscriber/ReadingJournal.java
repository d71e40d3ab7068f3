package logyard.core.subscriber;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import logyard.core.event.BatchBuilder;
import logyard.core.event.BatchFrame;
import logyard.core.event.Events;
import logyard.core.event.MalformedFrameException;
import logyard.core.event.StreamId;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import logyard.core.router.CursorNotes;
import logyard.core.router.Cursors;
import logyard.core.router.FeedCursor;
import logyard.core.router.NamedFeeds;
import logyard.core.router.Router;
import logyard.core.subscriber.Subscriber.Outgoing;

/** A journal and who reads it under names, without sockets: what a core is made of, for tests. One thread. */
final class ReadingJournal implements AutoCloseable {
    static final UUID IDENTITY = new UUID(1, 2);
    private static final long SEGMENT_BYTES = 1 << 20;

    private final Path folder;
    private final long maxBytes;
    private final Deque<Outgoing> sent = new ArrayDeque<>();
    private Map<String, Cursors.Saved> saved = Map.of();
    private NamedFeeds feeds;
    private int number;
    private long streamPosition;
    Journal journal;
    Router router;
    Registry registry;
    long nanoTime;

    ReadingJournal(Path folder, long maxBytes) throws IOException {
        this.folder = folder;
        this.maxBytes = maxBytes;
        open();
    }

    private void open() throws IOException {
        journal = Journal.open(new JournalOptions(folder, maxBytes, 0, SEGMENT_BYTES), Clock.systemUTC());
        router = new Router(journal, 100_000, Runnable::run);
        feeds = new NamedFeeds(router, CursorNotes.none(saved), now -> saved = now.get());
        var surroundings = new Subscriber.Surroundings(IDENTITY, journal::syncedEnd, Clock.systemUTC());
        registry = new Registry(feeds, surroundings, router::end, () -> nanoTime);
    }

    /** Saves where all stand. */
    void save() throws IOException {
        journal.sync();
        saved = feeds.cursors();
    }

    /** Ends without saving anything, and begins again. */
    void restart() throws IOException {
        close();
        open();
    }

    /** Appends events with the next numbers in one batch, of a key by turns; what came in is safe after {@link #sync}. */
    void append(int count, String... keys) throws IOException {
        var batch = new BatchBuilder("test", new StreamId(3, 4), streamPosition);
        for (int i = 0; i < count; i++) {
            batch.event().append(keys[i % keys.length] + " {\"n\":" + number++ + "}");
            batch.endEvent(++streamPosition);
        }
        byte[] frame = batch.finish().bytes();
        router.route(journal.append(frame), frame);
        journal.flush();
    }

    void sync() throws IOException {
        journal.sync();
    }

    /** Asks for something over a connection. */
    void ask(String client, String request) {
        registry.take(client, request.replace('\'', '"').getBytes(UTF_8), sent);
    }

    /** Begins a session that wants {@code systail.}. */
    void begin(String client, String session, int credit) {
        ask(client, "{'subscriber':'s','session':'" + session + "','prefixes':['systail.'],'credit':" + credit + "}");
    }

    void acknowledge(String client, String session, long upTo, int credit) {
        ask(
                client,
                "{'subscriber':'s','session':'" + session + "','acknowledged':" + upTo + ",'credit':" + credit + "}");
    }

    /** All that is sent until nothing is left to do. */
    List<Outgoing> sent() {
        while (registry.work(sent)) {
            // There is more.
        }
        List<Outgoing> all = new ArrayList<>(sent);
        sent.clear();
        return all;
    }

    static JsonNode header(Outgoing outgoing) {
        try {
            return new JsonMapper().readTree(outgoing.header().toFrame());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The events in what was sent, by position. */
    static Map<Long, String> events(List<Outgoing> sent) {
        Map<Long, String> found = new TreeMap<>();
        for (Outgoing outgoing : sent) {
            if (outgoing.batch().length > 0) {
                try {
                    BatchFrame batch = BatchFrame.parse(outgoing.batch());
                    assertThat(batch.client()).isEqualTo("s");
                    assertThat(batch.stream()).isEqualTo(new StreamId(1, 2));
                    long position = batch.from();
                    var events = new Events().over(outgoing.batch());
                    while (events.next()) {
                        position += events.advance();
                        String event =
                                events.message().key() + " " + events.message().value();
                        assertThat(found.put(position, event)).isNull();
                    }
                    assertThat(position).isEqualTo(batch.end());
                } catch (MalformedFrameException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return found;
    }

    /** Where the one called {@code s} stands, with its account checked. */
    FeedCursor cursor() {
        FeedCursor cursor = registry.figures().get("s").cursor();
        assertThat(cursor.matched())
                .isEqualTo(cursor.account().delivered() + cursor.account().dropped() + cursor.pending());
        return cursor;
    }

    @Override
    public void close() throws IOException {
        registry.close();
        journal.close();
    }
}
