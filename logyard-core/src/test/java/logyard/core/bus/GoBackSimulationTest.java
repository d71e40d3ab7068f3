package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import logyard.core.event.BatchBuilder;
import logyard.core.event.BatchFrame;
import logyard.core.event.Batches;
import logyard.core.event.StreamId;
import logyard.core.event.StreamPositions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a publisher and the core do to get every event across once and in order, against a world that breaks connections,
 * loses answers, fills the journal, and kills the core and its clients. One random life each, in a time of its own.
 */
class GoBackSimulationTest {
    private static final int LIVES = 400;
    private static final int STEPS = 400;

    /** @param loss of how many frames one is thrown away because too much waits; 0 for none */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 50})
    void everyEventArrivesOnceAndInOrder(int loss) {
        for (int seed = 0; seed < LIVES; seed++) {
            var world = new World(seed, loss);
            for (int i = 0; i < STEPS; i++) {
                world.step();
            }
            world.settle();

            for (Client client : world.clients) {
                List<String> arrived = world.core.eventsOf(client.name);
                if (loss == 0) {
                    assertThat(arrived).as("seed %d", seed).isEqualTo(client.published());
                } else { // the order between streams is not kept where a frame is lost before a gap is seen
                    assertThat(byStream(arrived)).as("seed %d", seed).isEqualTo(byStream(client.published()));
                }
            }
            assertThat(world.core.counters.lostPositions()).as("seed %d", seed).isZero();
        }
    }

    private static Map<String, List<String>> byStream(List<String> events) {
        Map<String, List<String>> byStream = new HashMap<>();
        events.forEach(
                event -> byStream.computeIfAbsent(event.substring(0, event.indexOf(",\"n\"")), s -> new ArrayList<>())
                        .add(event));
        return byStream;
    }

    private static final class World {
        private final Random random;
        private final int loss;
        private final FakeTime time = new FakeTime();
        private final List<Client> clients = new ArrayList<>();
        private Core core = new Core(List.of(), time);

        World(int seed, int loss) {
            this.random = new Random(seed);
            this.loss = loss;
            clients.add(new Client("tail", 1, time));
            clients.add(new Client("tails", 2, time));
        }

        void step() {
            Client client = clients.get(random.nextInt(2));
            switch (random.nextInt(25)) {
                case 0, 1 -> client.write(random);
                case 2, 3 -> client.publish(1 + random.nextInt(5));
                case 4, 5, 6, 7 -> client.send();
                case 8, 9, 10, 11, 12 -> deliverSome(client);
                case 13, 14 -> core.commit();
                case 15, 16 -> answer(random.nextInt(4) == 0);
                case 17 -> client.reconnect();
                case 18 -> core.full = random.nextInt(3) == 0;
                case 19 -> killCore();
                case 20 -> client.restart();
                default -> time.pass(Duration.ofMillis(random.nextInt(1000)));
            }
        }

        private void deliverSome(Client client) {
            for (int i = random.nextInt(6); i > 0 && !client.channel.isEmpty(); i--) {
                BatchFrame frame = client.channel.remove();
                if (loss == 0 || random.nextInt(loss) > 0) {
                    core.take(frame);
                }
            }
        }

        private void answer(boolean lost) {
            for (var answer = core.answers.poll(); answer != null; answer = core.answers.poll()) {
                for (Client client : clients) {
                    if (!lost) {
                        client.hear(answer);
                    }
                }
            }
        }

        /** What was not synced may be gone or not; what was on the way to the core is lost. */
        private void killCore() {
            int left = core.synced + random.nextInt(core.journal.size() - core.synced + 1);
            core = new Core(core.journal.subList(0, left), time);
            clients.forEach(Client::reconnect);
        }

        /** Nothing fails any more: all must be across within a time that can be told. */
        void settle() {
            core.full = false;
            for (int i = 0; i < 600 && !clients.stream().allMatch(Client::isDone); i++) {
                time.pass(Duration.ofMillis(200));
                for (Client client : clients) {
                    client.publish(100);
                    client.send();
                    client.channel.forEach(core::take);
                    client.channel.clear();
                }
                core.commit();
                answer(false);
            }
            assertThat(clients).allMatch(Client::isDone);
        }
    }

    private record Event(StreamId stream, long end) {}

    private static final class Client {
        private final String name;
        private final int number;
        private final FakeTime time;
        private final List<Event> events = new ArrayList<>();
        private final Map<StreamId, Long> saved = new HashMap<>();
        private final Map<StreamId, BatchBuilder> builders = new HashMap<>();
        private final Deque<BatchFrame> channel = new ArrayDeque<>();
        private Unacknowledged unacknowledged;
        private int next;

        Client(String name, int number, FakeTime time) {
            this.name = name;
            this.number = number;
            this.time = time;
            this.unacknowledged = new Unacknowledged(time);
        }

        List<String> published() {
            return events.stream()
                    .map(event -> Batches.event(event.stream(), event.end()))
                    .toList();
        }

        /** Some lines are written to one of three files. */
        void write(Random random) {
            var stream = new StreamId(number, random.nextInt(3));
            long end = events.stream()
                    .filter(event -> event.stream().equals(stream))
                    .mapToLong(Event::end)
                    .max()
                    .orElse(0);
            for (int i = random.nextInt(5); i >= 0; i--) {
                end += 1 + random.nextInt(3);
                events.add(new Event(stream, end));
            }
        }

        /** A batch of at most so many of the lines that come next in one file. */
        void publish(int atMost) {
            BatchBuilder builder = null;
            StreamId stream = null;
            for (; next < events.size() && (builder == null || builder.count() < atMost); next++) {
                Event event = events.get(next);
                if (event.end() <= saved.getOrDefault(event.stream(), 0L)) {
                    continue;
                }
                if (stream != null && !stream.equals(event.stream())) {
                    break;
                }
                stream = event.stream();
                builder =
                        builders.computeIfAbsent(stream, id -> new BatchBuilder(name, id, saved.getOrDefault(id, 0L)));
                builder.event().append(Batches.event(stream, event.end()));
                builder.endEvent(event.end());
            }
            if (builder != null) {
                unacknowledged.add(builder.finish());
            }
        }

        void send() {
            unacknowledged.goBackIfQuiet();
            for (Optional<BatchFrame> frame = unacknowledged.next(); frame.isPresent(); frame = unacknowledged.next()) {
                channel.add(frame.get());
            }
        }

        void reconnect() {
            channel.clear();
            unacknowledged.goBack();
        }

        /** Knows of each file up to where it was acknowledged; from there on it cuts its batches elsewhere. */
        void restart() {
            unacknowledged = new Unacknowledged(time);
            channel.clear();
            builders.clear();
            next = 0;
        }

        boolean isDone() {
            return next == events.size() && unacknowledged.isEmpty();
        }

        void hear(PendingAcknowledgements.Taken answer) {
            Map<StreamId, Long> streams = answer.streams().getOrDefault(name, Map.of());
            unacknowledged.acknowledge(streams);
            streams.forEach((stream, position) -> saved.merge(stream, position, Math::max));
            answer.resend().getOrDefault(name, Map.of()).forEach(unacknowledged::goBack);
        }
    }

    private static final class Core {
        private final List<BatchFrame> journal;
        private final PendingAcknowledgements pending = new PendingAcknowledgements(() -> {});
        private final Deque<PendingAcknowledgements.Taken> answers = new ArrayDeque<>();
        private final IngestCounters counters = new IngestCounters();
        private final StreamGate gate;
        private int synced;
        private boolean full;

        Core(List<BatchFrame> recovered, FakeTime time) {
            journal = new ArrayList<>(recovered);
            synced = journal.size();
            var positions = new StreamPositions();
            recovered.forEach(batch -> positions.advance(batch.client(), batch.stream(), batch.end()));
            gate = new StreamGate(positions, pending, counters, time);
        }

        void take(BatchFrame batch) {
            gate.admit(batch).ifPresent(admitted -> {
                if (full) {
                    gate.notTaken(admitted);
                } else {
                    journal.add(admitted);
                    gate.taken(admitted);
                    pending.taken(admitted.client(), admitted.stream(), admitted.end());
                }
            });
        }

        void commit() {
            answers.add(pending.take());
            synced = journal.size();
        }

        List<String> eventsOf(String client) {
            return journal.stream()
                    .filter(batch -> batch.client().equals(client))
                    .flatMap(batch -> Batches.events(batch.bytes()).stream())
                    .toList();
        }
    }
}
