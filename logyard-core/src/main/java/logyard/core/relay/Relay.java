package logyard.core.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import logyard.core.bus.AckedPublisher;
import logyard.core.bus.Bus;
import logyard.core.bus.Delivery;
import logyard.core.bus.Missed;
import logyard.core.bus.ReliableSubscription;
import logyard.core.event.BatchFrame;
import logyard.core.event.ByteBuilder;
import logyard.core.event.Events;
import logyard.core.event.Message;
import logyard.core.event.StreamId;

/**
 * Reads events of this node under a name, and publishes what is made of them: each once, whoever is killed in between. Made,
 * used and closed by one thread.
 *
 * <p>An event counts as read when what was made of it is stored; until then it comes again, and what is made of it again
 * has the position it had before, by which the core knows it. While the core takes nothing, nothing is read.
 */
public final class Relay implements AutoCloseable {
    /** Makes events of events. On the thread of the relay. */
    public interface Maker {
        /**
         * Looks at an event that was not looked at before.
         *
         * @param event to be read during this call only
         * @param output takes what is made of it: one event or none
         */
        void make(Message event, Output output);

        /** So many events that would have come now are lost. */
        void missed(Missed events);
    }

    /** Takes what is made. */
    public interface Output {
        /** Publishes {@code <key> SP <json>}. */
        void publish(ByteBuilder event);
    }

    private final AckedPublisher publisher;
    private final Maker maker;
    private final OpenDeliveries deliveries = new OpenDeliveries();
    private final RelayOutput output;
    private final ReliableSubscription subscription;
    private final AckedPublisher.Listener progress = new Progress();
    private final Events events = new Events();

    /**
     * Who relays.
     *
     * @param subscriber the name it reads under, which is the same in whatever process it runs
     * @param client the name in the batches of {@code publisher}
     */
    public record Names(String subscriber, String client) {}

    /**
     * Connects; the core need not run.
     *
     * @param prefixes what it reads
     * @param begun is called, on the thread that made this, each time the core has let it begin; must not wait
     */
    public Relay(
            Bus bus, Names names, Collection<String> prefixes, AckedPublisher publisher, Maker maker, Runnable begun) {
        this.publisher = publisher;
        this.maker = maker;
        this.output = new RelayOutput(names.subscriber(), names.client(), publisher, deliveries);
        this.subscription = new ReliableSubscription(bus, names.subscriber(), prefixes, begun);
        publisher.tellAlso(progress);
    }

    /** Relays the next delivery; false if there was none within {@code patience}. */
    public boolean relayNext(Duration patience) {
        deliveries.done().ifPresent(subscription::acknowledge);
        if (!publisher.hasRoom()) {
            subscription.pause(patience);
            return false;
        }
        Optional<Delivery> delivery = subscription.next(patience);
        delivery.ifPresent(this::relay);
        return delivery.isPresent();
    }

    private void relay(Delivery delivery) {
        if (delivery.missed().events() > 0) {
            maker.missed(delivery.missed());
        }
        delivery.batch().ifPresent(batch -> relay(delivery.journal(), batch));
        output.flush();
        deliveries.add(delivery);
    }

    private void relay(String journal, BatchFrame batch) {
        Message message = events.over(batch.bytes()).message();
        long position = batch.from();
        while (events.next()) {
            position += events.advance();
            if (output.moveTo(journal, position)) {
                maker.make(message, output::publish);
            }
        }
    }

    /** Why it reads no more, such as another one of the same name; empty as long as that is not so. */
    public Optional<String> over() {
        return subscription.over();
    }

    @Override
    public void close() {
        publisher.tellNoMore(progress);
        subscription.close();
    }

    /** What the core has stored, on the thread of the publisher. */
    private final class Progress implements AckedPublisher.Listener {
        @Override
        public void acknowledged(StreamId stream, long position) {
            deliveries.stored(stream, position);
            subscription.wake();
        }

        @Override
        public void roomAgain() {
            subscription.wake();
        }
    }
}
