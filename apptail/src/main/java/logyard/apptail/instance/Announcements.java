package logyard.apptail.instance;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import logyard.core.daemon.NamedThreads;
import logyard.core.drain.Masking;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears on NATS which instances start and stop on this node (spec 05 §4). The server need not be there: it is asked for
 * again and again, and so is the DEA, after every connection and once a minute, since who is not listening misses what it
 * says.
 *
 * <p>One thread of its own, {@code nats-control}, connects and subscribes; messages come on jnats's. Any thread may call.
 */
public final class Announcements implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Announcements.class);

    /** How often the DEA is asked for what it may have said unheard. */
    public static final Duration ASK_AGAIN = Duration.ofSeconds(60);

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration STOP = Duration.ofSeconds(2);
    private static final Duration PING = Duration.ofSeconds(10);
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    /** Messages that wait to be read; more are dropped, and asked for again. */
    private static final int MOST_WAITING = 10_000;

    private static final long MOST_WAITING_BYTES = 16 << 20;
    private static final long WARNING_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Path uidFile;
    private final Instances instances;
    private final Counts counts;
    private final Runnable subscribed;
    private final ScheduledExecutorService thread = NamedThreads.scheduler("nats-control");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean closing;

    // Of the thread "nats-control" only:
    private String servers = "";
    private String uid = "";
    private volatile @Nullable Connection connection; // read by others, too
    private @Nullable Dispatcher dispatcher;
    private boolean warned;
    private boolean saidThatThereIsNone;

    // Of the thread that jnats delivers on only:
    private long warnedAt = System.nanoTime() - WARNING_NANOS;

    private Announcements(Path uidFile, Instances instances, Counts counts, Runnable subscribed) {
        this.uidFile = uidFile;
        this.instances = instances;
        this.counts = counts;
        this.subscribed = subscribed;
    }

    /**
     * Connects to no server yet.
     *
     * @param askAgain how often the DEA is asked again
     * @param subscribed is called whenever what is announced is heard from now on; must not wait
     */
    public static Announcements start(
            Path uidFile, Instances instances, Counts counts, Duration askAgain, Runnable subscribed) {
        var announcements = new Announcements(uidFile, instances, counts, subscribed);
        announcements.thread.scheduleWithFixedDelay(
                announcements::askAgain, askAgain.toMillis(), askAgain.toMillis(), TimeUnit.MILLISECONDS);
        return announcements;
    }

    /**
     * Listens to these servers from now on, and to no others.
     *
     * @param uris such as {@code nats://10.0.0.1:4222/}, several separated by commas; empty for none
     */
    public void listenTo(String uris) {
        later(() -> {
            if (uris.isEmpty() && !saidThatThereIsNone) {
                log.warn(
                        "Hearing of no instances: no NATS server is known; set mbus of cloud_controller with kato config,"
                                + " or apptail.nats");
            }
            saidThatThereIsNone = uris.isEmpty();
            if (!uris.equals(servers)) {
                disconnect();
                servers = uris;
                warned = false;
                connect();
            }
        });
    }

    /** Whether a server is there just now. Any thread. */
    public boolean isConnected() {
        Connection open = connection;
        return open != null && open.getStatus() == Connection.Status.CONNECTED;
    }

    private void later(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("Not any more: {}", shown(e));
        }
    }

    private void connect() {
        if (closing || connection != null || servers.isEmpty()) {
            return;
        }
        try {
            connection = Nats.connect(options());
            warned = false;
            log.info("Connected to NATS at {}", shown(servers));
            subscribe();
        } catch (IllegalArgumentException e) {
            log.error("Cannot listen to instances: \"{}\" is no address such as nats://10.0.0.1:4222/", shown(servers));
        } catch (IOException e) {
            disconnect();
            warn(e);
            thread.schedule(this::connect, RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void warn(IOException e) {
        if (warned) {
            log.debug("Still no NATS: {}", shown(e));
        } else {
            log.warn(
                    "Cannot hear of instances, trying again every {} s: {} ({})",
                    RETRY.toSeconds(),
                    shown(e),
                    shown(servers));
        }
        warned = true;
    }

    private Options options() {
        return new Options.Builder()
                .servers(servers.split("\\s*,\\s*"))
                .connectionName("apptail")
                .maxReconnects(-1)
                .reconnectWait(RETRY)
                .connectionTimeout(CONNECT)
                .pingInterval(PING)
                .reconnectBufferSize(0)
                .connectionListener((changed, event) -> later(() -> connectionChanged(changed, event)))
                .errorListener(new Troubles())
                .build();
    }

    private void connectionChanged(Connection changed, Events event) {
        if (changed != connection) {
            return;
        }
        boolean down = event == Events.DISCONNECTED;
        if (down && warned) {
            return;
        }
        warned = down;
        switch (event) {
            case DISCONNECTED -> log.warn("Lost NATS at {}, connecting again", shown(servers));
            case RECONNECTED -> log.info("Connected to NATS again");
            case RESUBSCRIBED -> ask();
            case CLOSED -> { // as after a refused password
                disconnect();
                thread.schedule(this::connect, RETRY.toMillis(), TimeUnit.MILLISECONDS);
            }
            default -> log.debug("NATS: {}", event);
        }
    }

    /** Listens first, and asks then: so no answer is missed. */
    private void subscribe() throws IOException {
        Connection open = connection;
        if (open == null) {
            return;
        }
        if (dispatcher != null) {
            open.closeDispatcher(dispatcher);
            dispatcher = null;
        }
        uid = ChannelId.of(uidFile);
        Dispatcher listening = open.createDispatcher(this::heard);
        listening.setPendingLimits(MOST_WAITING, MOST_WAITING_BYTES);
        listening.subscribe(subject("newinstance"));
        listening.subscribe(subject("stopinstance"));
        dispatcher = listening;
        ask();
        subscribed.run();
    }

    private String subject(String what) {
        return "logyard." + uid + "." + what;
    }

    private void ask() {
        try {
            if (connection != null) {
                connection.publish(subject("start"), NOTHING);
            }
        } catch (IllegalStateException e) {
            log.debug("Cannot ask for instances now: {}", shown(e));
        }
    }

    /** What was said unheard is heard now; and the file may have been made anew. */
    private void askAgain() {
        try {
            if (connection != null && !ChannelId.of(uidFile).equals(uid)) {
                log.info("The DEA listens to another word now, see {}", uidFile);
                subscribe();
            } else {
                ask();
            }
        } catch (IOException | RuntimeException e) {
            log.warn("Cannot ask for instances: {}", shown(e));
        }
    }

    private void heard(Message message) {
        try {
            if (message.getSubject().endsWith(".stopinstance")) {
                instances.stopped(AnnouncementReader.readStop(message.getData()));
            } else {
                instances.announced(AnnouncementReader.read(message.getData()));
            }
        } catch (MalformedAnnouncementException e) {
            counts.malformed();
            if (System.nanoTime() - warnedAt >= WARNING_NANOS) {
                warnedAt = System.nanoTime();
                log.warn("Ignoring a message about an instance, {} so far: {}", counts.malformedMessages(), shown(e));
            }
        }
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        dispatcher = null;
        if (open != null) {
            try {
                open.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Without user and password. */
    private static String shown(String uris) {
        return Masking.uri(uris);
    }

    /** The library names servers as they were given. */
    private static String shown(Exception error) {
        return Masking.text(String.valueOf(error.getMessage()));
    }

    @Override
    public void close() {
        closing = true;
        later(this::disconnect);
        later(closed::countDown);
        try {
            if (!closed.await(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("NATS was not closed within {} s", STOP.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        NamedThreads.stop(thread);
    }

    /** Is told of what goes wrong in the library. */
    private final class Troubles implements ErrorListener {
        @Override
        public void errorOccurred(Connection from, String error) {
            log.warn("NATS says: {}", Masking.text(error));
        }

        @Override
        public void exceptionOccurred(Connection from, Exception e) {
            log.debug("NATS: {}", e.toString());
        }

        @Override
        public void slowConsumerDetected(Connection from, io.nats.client.Consumer consumer) {
            counts.dropped();
            log.warn("Too many messages about instances at once, some were dropped; asking again for them");
            later(Announcements.this::ask);
        }
    }
}
