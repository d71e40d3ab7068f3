package logyard.apptail.instance;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A DEA as far as apptail sees it: tells of each instance once, and of all that run whenever it is asked. */
public final class FakeDea implements AutoCloseable {
    private final Connection connection;
    private final String uid;
    private final List<String> running = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();

    public FakeDea(NatsServer server, Path uidFile) throws Exception {
        if (!Files.exists(uidFile)) {
            Files.writeString(uidFile, "11111111-2222-4333-8444-555555555555");
        }
        uid = Files.readString(uidFile).trim();
        connection = Nats.connect(new Options.Builder()
                .server(server.uri())
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(20))
                .reconnectBufferSize(0)
                .build());
        connection
                .createDispatcher(message -> {
                    asked.incrementAndGet();
                    running.forEach(this::say);
                })
                .subscribe("logyard." + uid + ".start");
        connection.flush(Duration.ofSeconds(5));
    }

    /** Starts an instance, and says so. */
    public void start(String announcement) {
        running.add(announcement);
        say(announcement);
    }

    /** Starts an instance while nobody can hear of it. */
    public void startUnheard(String announcement) {
        running.add(announcement);
    }

    /** An instance is not announced any more. */
    public void forget(String announcement) {
        running.remove(announcement);
    }

    /** Says something, be it an announcement or not. */
    public void say(String message) {
        publish("newinstance", message.getBytes(StandardCharsets.UTF_8));
    }

    public void publish(String what, byte[] message) {
        try {
            connection.publish("logyard." + uid + "." + what, message);
        } catch (IllegalStateException e) {
            // no server just now: nobody hears it
        }
    }

    /** How often it was asked what runs. */
    public int asked() {
        return asked.get();
    }

    @Override
    public void close() throws InterruptedException {
        connection.close();
    }
}
