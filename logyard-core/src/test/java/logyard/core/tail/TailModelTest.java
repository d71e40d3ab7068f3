package logyard.core.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import logyard.core.tail.ModelLog.Rotation;
import logyard.core.tail.position.StreamId;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random lives of several logs, with rotations of all kinds, stalls, stops and kills, against a model: everything is
 * delivered, in order, and repeats are only what was not acknowledged, under the same stream id and offset.
 *
 * <p>A failure names its seed; {@code -Dlogyard.tail.seed=N} runs it alone, {@code -Dlogyard.tail.seeds=N} runs so many.
 */
class TailModelTest {
    private static final int SEEDS = Integer.getInteger("logyard.tail.seeds", 40);
    private static final int STEPS = 80;

    /** Where a sync costs nothing; kill -9 does not lose what is not synced. */
    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir
    private Path dir;

    private final List<ModelLog> logs = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private final Map<String, List<String>> delivered = new HashMap<>();
    private final Map<Position, String> firstTime = new HashMap<>();
    private final Set<Position> mayBeRepeated = new HashSet<>();
    private final Map<StreamId, String> names = new HashMap<>();
    private final Set<ModelLog> turned = new HashSet<>();
    private Random random = new Random();
    private SteppedTail tail;
    private boolean running = true;

    record Position(StreamId stream, long end) {}

    static LongStream seeds() {
        Long only = Long.getLong("logyard.tail.seed");
        return only == null
                ? LongStream.concat(LongStream.range(0, SEEDS), LongStream.of(System.nanoTime()))
                : LongStream.of(only);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everythingIsDeliveredInOrder(long seed) throws IOException {
        random = new Random(seed);
        Path folder = Files.createDirectory(dir.resolve("logs"));
        logs.add(new ModelLog(folder, "renamed", Rotation.RENAME));
        logs.add(new ModelLog(folder, "copied", Rotation.COPY_TRUNCATE));
        logs.add(new ModelLog(folder, "linked", Rotation.TURNED_LINK));
        Path state = Files.createTempDirectory(Files.isDirectory(MEMORY) ? MEMORY : dir, "tail-model");
        tail = SteppedTail.start(state);
        tail.onLine = this::deliver;

        try {
            followAll();
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            finish();
            logs.forEach(this::compare);
            assertThat(tail.notices).isEmpty();
        } catch (AssertionError | IOException | RuntimeException e) {
            fail("Seed " + seed + " after " + history, e);
        } finally {
            tail.close();
            for (Path file : Logs.list(state)) {
                Files.delete(file);
            }
            Files.delete(state);
        }
    }

    private void step() throws IOException {
        ModelLog log = logs.get(random.nextInt(logs.size()));
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> write(log);
            case 4 -> partOfALine(log);
            case 5, 6, 7 -> rotate(log);
            case 8 -> deleteOrTruncate(log);
            case 9 -> late(log);
            case 10 -> stall();
            case 11 -> acknowledge();
            case 12 -> pass(Duration.ofSeconds(1));
            case 13 -> pass(Duration.ofSeconds(6));
            case 14 -> endOrStart();
            default -> settle();
        }
    }

    private void write(ModelLog log) throws IOException {
        note("write " + log.name);
        log.write(1 + random.nextInt(random.nextInt(10) == 0 ? 1000 : 5));
        noteTurn(log);
    }

    private void partOfALine(ModelLog log) throws IOException {
        note("part of a line of " + log.name);
        log.writePartOfALine();
        noteTurn(log);
    }

    /** What a link leads to has to be seen before it is turned again. */
    private void noteTurn(ModelLog log) {
        if (!running) {
            turned.add(log);
        }
    }

    private void rotate(ModelLog log) throws IOException {
        if (!log.exists()) {
            return;
        }
        if (log.rotation == Rotation.TURNED_LINK) {
            settle(); // nothing leads to a file whose link was turned before it was seen
            if (!running && !turned.add(log)) {
                return;
            }
        }
        completeLine(log);
        note("rotate " + log.name);
        if (log.rotation == Rotation.COPY_TRUNCATE) {
            log.copyTruncate();
        } else {
            log.rotate();
        }
    }

    private void deleteOrTruncate(ModelLog log) throws IOException {
        if (running && tail.room && log.exists()) {
            completeLine(log);
            settle();
            acknowledge(log); // else it would be a loss at the next start
            note("delete or truncate " + log.name);
            if (log.rotation == Rotation.COPY_TRUNCATE) {
                log.truncate();
                settle();
            } else if (log.rotation == Rotation.RENAME) {
                log.delete();
            }
        }
    }

    /** Before its file goes, a line is completed, or given up by its writer. */
    private void completeLine(ModelLog log) throws IOException {
        if (log.isMidLine()) {
            log.write(1);
        }
    }

    private void late(ModelLog log) throws IOException {
        note("late " + log.name);
        log.writeLate();
    }

    private void stall() {
        tail.room = !tail.room;
        note("room " + tail.room);
    }

    private void acknowledge() {
        if (running) {
            tail.acknowledging = random.nextBoolean();
            note("acknowledging " + tail.acknowledging);
            if (tail.acknowledging) {
                tail.acknowledgeAll();
            }
        }
    }

    private void settle() {
        if (running) {
            note("settle");
            tail.settle();
        }
    }

    private void pass(Duration time) {
        if (running) {
            note("pass " + time);
            tail.pass(time);
        }
    }

    private void endOrStart() throws IOException {
        if (!running) {
            followAgain();
        } else if (random.nextBoolean()) {
            consumeCopies();
            note("kill");
            tail.kill();
            mayBeRepeated.addAll(firstTime.keySet());
            running = false;
        } else {
            consumeCopies();
            note("close");
            tail.close();
            firstTime.keySet().stream()
                    .filter(position -> position.end() > tail.acknowledged(position.stream()))
                    .forEach(mayBeRepeated::add);
            running = false;
        }
    }

    /** Copies made less than 100 ms before a stop are taken for ones made after it; real ones are not so quick. */
    private void consumeCopies() throws IOException {
        tail.room = true;
        for (ModelLog log : logs) {
            if (log.rotation == Rotation.COPY_TRUNCATE) {
                tail.settle();
                acknowledge(log);
                tail.pass(Duration.ofSeconds(6));
                log.deleteCopies();
            }
        }
    }

    private void acknowledge(ModelLog log) {
        firstTime.keySet().stream()
                .filter(position -> log.name.equals(names.get(position.stream())))
                .forEach(position -> tail.acknowledge(position.stream(), position.end()));
        tail.pass(Duration.ofSeconds(1));
    }

    private void followAgain() throws IOException {
        note("start");
        turned.clear();
        tail.start();
        running = true;
        followAll();
    }

    private void followAll() {
        for (ModelLog log : logs) {
            tail.follow(log.name, log.path, FollowOptions.fromEnd(100));
        }
    }

    private void finish() throws IOException {
        if (!running) {
            followAgain();
        }
        tail.room = true;
        for (ModelLog log : logs) {
            completeLine(log);
        }
        pass(Duration.ofSeconds(6));
    }

    private void deliver(TailedStream stream, String line, long end) {
        var position = new Position(stream.id(), end);
        names.put(stream.id(), stream.name());
        String before = firstTime.putIfAbsent(position, line);
        if (before == null) {
            delivered.computeIfAbsent(stream.name(), n -> new ArrayList<>()).add(line);
        } else {
            assertThat(line).as("repeated at %s", position).isEqualTo(before);
            assertThat(mayBeRepeated).contains(position);
        }
    }

    private void compare(ModelLog log) {
        List<String> actual = delivered.getOrDefault(log.name, List.of());
        List<String> expected = log.files().stream().flatMap(List::stream).toList();
        assertThat(without(expected, actual)).as("missing of %s", log.name).isEmpty();
        assertThat(without(actual, expected)).as("too much of %s", log.name).isEmpty();
        if (log.hasLateWrites()) {
            log.files().forEach(file -> assertThat(within(file, actual)).isEqualTo(file));
        } else {
            assertThat(actual).as(log.name).isEqualTo(expected);
        }
    }

    /** What is left of {@code lines} when each of {@code others} has taken away one like it. */
    private static List<String> without(List<String> lines, List<String> others) {
        var counts = new HashMap<String, Integer>();
        others.forEach(line -> counts.merge(line, 1, Integer::sum));
        return lines.stream()
                .filter(line -> counts.merge(line, -1, Integer::sum) < 0)
                .toList();
    }

    private static List<String> within(List<String> file, List<String> actual) {
        var lines = new HashSet<>(file);
        return actual.stream().filter(lines::contains).toList();
    }

    private void note(String what) {
        history.add(what);
    }
}
