package logyard.core.bus;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import logyard.core.event.BatchBuilder;
import logyard.core.event.BatchFrame;
import logyard.core.event.StreamId;
import logyard.core.event.StreamPositions;

/**
 * What the bus can carry, and what it allocates: batches, batches with a subscriber for everything, and single frames.
 * Not a test; run its {@link #main}, with the transport and the seconds for each part as arguments.
 */
final class BusThroughput {
    private static final int BATCH_BYTES = 64 << 10;
    private static final byte[] EVENT = event(450);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final BusAddresses addresses;
    private final long nanos;
    private final LongAdder bytes = new LongAdder();
    private final Semaphore commitWanted = new Semaphore(0);
    private final PendingAcknowledgements pending = new PendingAcknowledgements(commitWanted::release);

    private BusThroughput(BusAddresses addresses, Duration duration) {
        this.addresses = addresses;
        this.nanos = duration.toNanos();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Transport transport = Transport.valueOf(arguments.length > 0 ? arguments[0] : "IPC");
        Path folder = Files.createTempDirectory("bus");
        var duration = Duration.ofSeconds(arguments.length > 1 ? Long.parseLong(arguments[1]) : 5);
        for (String part : arguments.length > 2
                ? arguments[2].split(",")
                : new String[] {"warm-up", "batches", "subscribed", "frames"}) {
            new BusThroughput(transport.addresses(folder), duration).run(part);
        }
    }

    private void run(String part) throws InterruptedException {
        try (var bus = new Bus(addresses)) {
            var stop = new CountDownLatch(1);
            var bound = new CountDownLatch(1);
            var commit = new Thread(() -> commit(bus, bound, stop), "commit");
            commit.start();
            bound.await();
            try (var ingest = Ingest.start(bus, new Counting(), new StreamPositions(), pending)) {
                switch (part) {
                    case "frames" -> frames(part, ingest.counters());
                    case "subscribed" -> subscribed(part, ingest.counters());
                    default -> batches(part);
                }
            }
            stop.countDown();
            commitWanted.release();
            commit.join();
        }
    }

    private final class Counting implements Ingest.Receiver {
        @Override
        public boolean take(byte[] frame) {
            bytes.add(frame.length);
            return true;
        }

        @Override
        public void caughtUp() {
            commitWanted.release();
        }
    }

    private void commit(Bus bus, CountDownLatch bound, CountDownLatch stop) {
        try (var acknowledger = new Acknowledger(bus, "e")) {
            bound.countDown();
            while (stop.getCount() > 0) {
                commitWanted.acquireUninterruptibly();
                commitWanted.drainPermits();
                acknowledger.send(pending.take());
            }
        }
    }

    private void batches(String part) throws InterruptedException {
        var room = new Semaphore(0);
        try (var bus = new Bus(addresses);
                var publisher = AckedPublisher.start(
                        bus, "tail", AckedPublisher.DEFAULT_BOUND_BYTES, new AckedPublisher.Listener() {
                            @Override
                            public void acknowledged(StreamId stream, long position) {}

                            @Override
                            public void roomAgain() {
                                room.release();
                            }
                        })) {
            var builder = new BatchBuilder("tail", new StreamId(0, 1), 0);
            measure(part, () -> {
                long events = 0;
                for (long end = System.nanoTime() + nanos; System.nanoTime() < end; ) {
                    BatchFrame batch = batch(builder, events);
                    events += batch.count();
                    publisher.publish(batch);
                    while (!publisher.hasRoom()) {
                        room.acquireUninterruptibly();
                    }
                }
                return publisher.awaitAcknowledged(Duration.ofSeconds(20)) ? events : -1;
            });
        }
    }

    private static BatchFrame batch(BatchBuilder builder, long from) {
        long position = from;
        do {
            builder.event().append(EVENT);
            builder.endEvent(++position);
        } while (builder.length() < BATCH_BYTES);
        return builder.finish();
    }

    private void subscribed(String part, IngestCounters counters) throws InterruptedException {
        var received = new LongAdder();
        var stop = new CountDownLatch(1);
        var reader = new Thread(() -> {
            try (var bus = new Bus(addresses);
                    var subscription = new Subscription(bus, List.of(""))) {
                while (stop.getCount() > 0) {
                    subscription.next(Duration.ofMillis(100)).ifPresent(frame -> received.increment());
                }
            }
        });
        reader.start();
        while (counters.subscribedPrefixes() == 0) {
            Thread.onSpinWait();
        }
        batches(part);
        stop.countDown();
        reader.join();
        System.out.printf("%12s forwarded %,d, of which arrived %,d%n", "", counters.framesOut(), received.sum());
    }

    private void frames(String part, IngestCounters counters) {
        try (var publisher = new PlainPublisher(addresses)) {
            measure(part, () -> {
                long events = 0;
                for (long end = System.nanoTime() + nanos; System.nanoTime() < end; ) {
                    for (int i = 0; i < 1000; i++, events++) {
                        publisher.publish(EVENT);
                    }
                    while (events - counters.framesIn() > 20_000) {
                        Thread.onSpinWait();
                    }
                }
                while (counters.framesIn() < events) {
                    Thread.onSpinWait();
                }
                return events;
            });
        }
    }

    private void measure(String part, LongSupplier publishing) {
        long allocatedBefore = allocated();
        long began = System.nanoTime();
        long events = publishing.getAsLong();
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "%12s %,12.0f events/s %8.1f MB/s %8.1f bytes allocated per event of %d%n",
                part,
                events / seconds,
                bytes.sum() / seconds / 1e6,
                (allocated() - allocatedBefore) / (double) events,
                EVENT.length);
    }

    private static long allocated() {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    private static byte[] event(int size) {
        byte[] event = new byte[size];
        Arrays.fill(event, (byte) 'x');
        byte[] head = "systail.dea.192.168.68.5 {\"name\":\"dea\",\"text\":\"".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, event, 0, head.length);
        return event;
    }
}
