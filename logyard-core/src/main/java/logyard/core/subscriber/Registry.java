package logyard.core.subscriber;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import logyard.core.bus.ReadReply.Reason;
import logyard.core.bus.ReadRequest;
import logyard.core.bus.WarningLimit;
import logyard.core.event.MalformedFrameException;
import logyard.core.router.DrainFeed;
import logyard.core.router.NamedFeeds;
import logyard.core.subscriber.Subscriber.Outgoing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who reads under which name, and what each is to get. Knows nothing of sockets. One thread, but for {@link #figures}.
 */
final class Registry {
    private static final Logger log = LoggerFactory.getLogger(Registry.class);

    /** A node has two or three; each has a cursor that is saved, and counts what it wants as long as it is not forgotten. */
    static final int MAX_SUBSCRIBERS = 32;

    /** On the way to all clients together; beyond it each has one delivery. */
    static final long MAX_BYTES_IN_FLIGHT = 8L << 20;

    /** A client that says nothing for so long is gone; those of ours ask every three seconds. */
    static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);

    private final NamedFeeds feeds;
    private final Subscriber.Surroundings surroundings;
    private final LongSupplier beginning;
    private final LongSupplier nanoTime;
    private final SortedMap<String, Subscriber> subscribers = new ConcurrentSkipListMap<>();
    private final ReplacedSessions replaced = new ReplacedSessions();
    private final Answers answers;
    private final WarningLimit warnings;

    /**
     * Opens the feeds of all that stand somewhere, so that what they want is counted from now on.
     *
     * @param beginning where one begins that is new
     */
    Registry(NamedFeeds feeds, Subscriber.Surroundings surroundings, LongSupplier beginning, LongSupplier nanoTime)
            throws IOException {
        this.feeds = feeds;
        this.surroundings = surroundings;
        this.answers = new Answers(surroundings.journal());
        this.beginning = beginning;
        this.nanoTime = nanoTime;
        this.warnings = new WarningLimit(nanoTime);
        for (var subscriber : feeds.cursors().entrySet()) {
            open(subscriber.getKey(), subscriber.getValue().filters());
        }
    }

    private Subscriber open(String name, List<String> prefixes) throws IOException {
        List<byte[]> bytes = prefixes.stream()
                .map(prefix -> prefix.getBytes(StandardCharsets.UTF_8))
                .toList();
        DrainFeed feed = feeds.open(name, prefixes, bytes);
        var subscriber = new Subscriber(name, prefixes, feed, surroundings);
        subscribers.put(name, subscriber);
        return subscriber;
    }

    /** Takes a request; what is to be sent for it at once goes to {@code to}. */
    void take(String client, byte[] frame, Deque<Outgoing> to) {
        try {
            ReadRequest request = ReadRequest.parse(frame);
            if (request.unsubscribe()) {
                unsubscribe(client, request, to);
            } else if (request.acknowledged().isPresent()) {
                goOn(client, request, to);
            } else {
                begin(client, request, to);
            }
        } catch (MalformedFrameException e) {
            if (warnings.isDue()) {
                log.warn("Refused a request of a subscriber: {}", e.reason());
            }
            to.add(Answers.problem(client, ReadRequest.session(frame), Reason.REFUSED, e.reason()));
        } catch (IOException e) {
            if (warnings.isDue()) {
                log.warn("A subscriber cannot begin, the journal cannot be read: {}", e.toString());
            }
            // It asks again.
        }
    }

    private void begin(String client, ReadRequest request, Deque<Outgoing> to)
            throws IOException, MalformedFrameException {
        String name = request.subscriber();
        Subscriber known = subscribers.get(name);
        if (replaced.contains(request.subscriber(), request.session())) {
            to.add(Answers.replaced(client, request.session(), name));
            return;
        }
        if (known == null && subscribers.size() == MAX_SUBSCRIBERS) {
            throw new MalformedFrameException("there are " + MAX_SUBSCRIBERS + " subscribers already, and " + name
                    + " would be one more: unsubscribe one of " + String.join(", ", subscribers.keySet()));
        }
        if (known != null && isOf(known, client, request.session())) { // asked again, before it has heard of us
            known.session().ifPresent(session -> session.heard(request.credit(), nanoTime.getAsLong()));
            to.add(answers.nothing(client, request.session()));
            return;
        }
        if (known != null) {
            replace(known, request.session(), to);
        }
        Subscriber subscriber = standing(request, known);
        subscriber.begin(new Session(request.session(), client, request.credit(), nanoTime.getAsLong()));
        if (subscriber.tellsOfBegin()) {
            log.info("Subscriber {} reads from {} on", name, subscriber.feed().position());
        }
        to.add(answers.nothing(client, request.session()));
    }

    private static boolean isOf(Subscriber subscriber, String client, String id) {
        return subscriber
                .session()
                .filter(session -> session.id().equals(id) && session.client().equals(client))
                .isPresent();
    }

    /** The subscriber, with the prefixes of the request, and with its place in the journal saved if that is new. */
    private Subscriber standing(ReadRequest request, @Nullable Subscriber known) throws IOException {
        String name = request.subscriber();
        if (known != null && known.prefixes().equals(request.prefixes())) {
            return known;
        }
        if (known != null) {
            close(known);
            subscribers.remove(name);
        }
        feeds.enter(name, request.prefixes(), beginning);
        feeds.saveEntered();
        return open(name, request.prefixes());
    }

    private void replace(Subscriber subscriber, String by, Deque<Outgoing> to) {
        subscriber.session().filter(before -> !before.id().equals(by)).ifPresent(before -> {
            replaced.add(subscriber.name(), before.id());
            to.add(Answers.replaced(before.client(), before.id(), subscriber.name()));
        });
    }

    private void goOn(String client, ReadRequest request, Deque<Outgoing> to) throws MalformedFrameException {
        Subscriber subscriber = subscribers.get(request.subscriber());
        long number = request.acknowledged().orElse(0);
        if (subscriber == null || !isOf(subscriber, client, request.session())) {
            to.add(
                    replaced.contains(request.subscriber(), request.session())
                            ? Answers.replaced(client, request.session(), request.subscriber())
                            : Answers.problem(
                                    client,
                                    request.session(),
                                    Reason.UNKNOWN,
                                    "this session is not known (any more): begin another one"));
            return;
        }
        Session session = subscriber.session().orElseThrow();
        long before = subscriber.bytesInFlight();
        int credit = session.credit();
        if (!subscriber.acknowledge(number)) {
            throw new MalformedFrameException(
                    "acknowledged is " + number + ", but only " + session.sent() + " deliveries were sent");
        }
        session.heard(request.credit(), nanoTime.getAsLong());
        if (before == subscriber.bytesInFlight()
                && credit == request.credit()) { // it wants to know whether we are there
            to.add(answers.nothing(client, request.session()));
        }
    }

    private void unsubscribe(String client, ReadRequest request, Deque<Outgoing> to)
            throws IOException, MalformedFrameException {
        String name = request.subscriber();
        Subscriber subscriber = subscribers.get(name);
        if (subscriber == null) {
            throw new MalformedFrameException("no subscriber is called " + name + "; there are: "
                    + (subscribers.isEmpty() ? "none" : String.join(", ", subscribers.keySet())));
        }
        replace(subscriber, "", to);
        close(subscriber);
        feeds.forget(name);
        feeds.saveEntered();
        subscribers.remove(name);
        replaced.forget(name);
        log.info("Subscriber {} is forgotten", name);
        to.add(answers.nothing(client, request.session()));
    }

    private void close(Subscriber subscriber) throws IOException {
        subscriber.end();
        subscriber.feed().close();
        feeds.closed(subscriber.name());
    }

    /**
     * Reads on for everybody who may get something; what is to be sent goes to {@code to}.
     *
     * @return whether there is more to do at once
     */
    boolean work(Deque<Outgoing> to) {
        boolean more = false;
        long inFlight = subscribers.values().stream()
                .mapToLong(Subscriber::bytesInFlight)
                .sum();
        for (Subscriber subscriber : subscribers.values()) {
            try {
                endIfSilent(subscriber);
                boolean share = inFlight < MAX_BYTES_IN_FLIGHT || subscriber.bytesInFlight() == 0;
                if (share && subscriber.hasRoom()) {
                    more |= subscriber.read(to) != Subscriber.Read.NOTHING;
                }
            } catch (IOException e) {
                if (warnings.isDue()) {
                    log.warn(
                            "Cannot read the journal for {}, it has to ask again: {}", subscriber.name(), e.toString());
                }
                end(subscriber);
            }
        }
        return more;
    }

    private void endIfSilent(Subscriber subscriber) {
        Optional<Session> session = subscriber.session();
        if (session.isPresent() && session.get().silenceNanos(nanoTime.getAsLong()) > SILENCE_LIMIT.toNanos()) {
            endOf(subscriber, "nothing was heard of it");
        }
    }

    /** A client is gone, or does not read what it is sent: its session is over. */
    void unreachable(String client) {
        for (Subscriber subscriber : subscribers.values()) {
            Optional<Session> session = subscriber.session();
            if (session.isPresent() && session.get().client().equals(client)) {
                endOf(subscriber, "its connection is closed, or it does not read");
            }
        }
    }

    private static void endOf(Subscriber subscriber, String why) {
        if (subscriber.tellsOfEnd()) {
            log.info("Subscriber {} is gone: {}", subscriber.name(), why);
        }
        end(subscriber);
    }

    private static void end(Subscriber subscriber) {
        try {
            subscriber.end();
        } catch (IOException e) {
            log.warn("Cannot close what was read for {}: {}", subscriber.name(), e.toString());
        }
    }

    /** Whether anybody reads just now. */
    boolean hasSessions() {
        return subscribers.values().stream()
                .anyMatch(subscriber -> subscriber.session().isPresent());
    }

    /** How each stands, by name. Any thread. */
    SortedMap<String, Subscriber.Figures> figures() {
        SortedMap<String, Subscriber.Figures> all = new TreeMap<>();
        subscribers.forEach((name, subscriber) -> all.put(name, subscriber.figures()));
        return all;
    }

    /** Ends all; where they stand is still known to the feeds. */
    void close() {
        for (Subscriber subscriber : new ArrayList<>(subscribers.values())) {
            try {
                close(subscriber);
            } catch (IOException e) {
                log.warn("Cannot close what was read for {}: {}", subscriber.name(), e.toString());
            }
        }
    }
}
