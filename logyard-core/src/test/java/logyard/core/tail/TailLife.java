package logyard.core.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import logyard.core.tail.ModelLog.Style;
import logyard.core.tail.position.StreamId;

/**
 * A tailer of several logs that goes through random actions, beside a model of what must arrive. Arrived is what was
 * acknowledged: what was only handed out is lost when the tailer is stopped, and must be handed out again.
 *
 * <ul>
 *   <li>Each content of a log is one stream, and each of its bytes belongs to one record, in the order of the file, at the
 *       offset the record says: nothing is invented, left out or handed out twice within one life of the tailer.
 *   <li>An incomplete line is only handed out of a file that is not the log any more.
 *   <li>Of two contents that can be found, all lines of the older one come first, but for those written to it late.
 *   <li>After a stop, a stream goes on where its position was saved: not behind what was acknowledged and, but for a
 *       second of time, not before it.
 *   <li>In the end all of each content has arrived. If it was emptied without a copy, or lost its last name before it was
 *       opened or before it was read and acknowledged, as much as was left of it. If less arrived than the tailer had
 *       seen, it announced at least as many bytes, or that it does not know how many, once for each content.
 *   <li>Nothing is announced of a log of which nothing was emptied or deleted before it was read.
 * </ul>
 */
final class TailLife implements AutoCloseable {
    private static final int LIMIT = 100;
    private static final Duration SAVE = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(6);

    private final Path state;
    private final Map<Style, ModelLog> logs = new EnumMap<>(Style.class);
    private final Map<StreamId, FollowedStream> streams = new HashMap<>();
    private final SteppedTail tail;
    private boolean running = true;
    private boolean acknowledging = true;
    private Duration unwaited = Duration.ZERO;

    TailLife(Path folder, Path state) throws IOException {
        this.state = state;
        for (Style style : Style.values()) {
            Path dir = Files.createDirectory(folder.resolve(style.toString()));
            logs.put(style, new ModelLog(dir, style));
        }
        tail = SteppedTail.start(state);
        tail.acknowledging = false;
        tail.onLine = this::deliver;
        tail.onFlush = (t, stream) -> acknowledgeAll();
    }

    void live(List<TailAction> actions) throws IOException {
        followAll();
        for (TailAction action : actions) {
            act(action);
        }
        finish();
        logs.values().forEach(this::check);
    }

    private void act(TailAction action) throws IOException {
        ModelLog log = logs.get(action.log());
        switch (action.kind()) {
            case WRITE -> write(log, action.amount());
            case WRITE_PART_OF_A_LINE -> log.writePartOfALine();
            case WRITE_LATE -> log.writeLate();
            case RENAME -> log.rename(false);
            case RENAME_AND_CREATE -> log.rename(true);
            case COPY_TRUNCATE -> log.copyTruncate(0);
            case COPY_WRITE_TRUNCATE -> log.copyTruncate(1 + action.amount() % 3);
            case TRUNCATE -> log.truncate();
            case TURN_LINK -> log.turnLink();
            case DELETE -> log.delete(running);
            case EXPIRE -> log.expire(running);
            case ROOM -> tail.room = !tail.room;
            case ACKNOWLEDGING -> {
                acknowledging = !acknowledging;
                acknowledgeAll();
            }
            case ACKNOWLEDGE_SOME -> acknowledgeSome(action.amount());
            case CLOSE, KILL -> stopOrStart(action.kind() == TailAction.Kind.KILL);
            default -> go(action.kind());
        }
    }

    private static void write(ModelLog log, int amount) throws IOException {
        boolean much = amount % 10 == 0;
        log.write(1 + amount % (much ? 1000 : 5), amount % 7 == 0 ? amount / 3 : 0);
    }

    /** Lets the tailer do something. */
    private void go(TailAction.Kind kind) {
        if (!running) {
            return;
        }
        switch (kind) {
            case STEP -> tail.stepOnce();
            case PASS -> pass(SAVE);
            case PASS_GRACE -> pass(GRACE);
            case PAUSE -> {
                letWallClockPass(SAVE);
                tail.pause(SAVE);
            }
            default -> settle();
        }
    }

    private void settle() {
        tail.settle();
        logs.values().forEach(ModelLog::looked);
    }

    private void pass(Duration time) {
        letWallClockPass(time);
        streams.values().forEach(FollowedStream::beforeSave);
        tail.pass(time);
        streams.values().forEach(FollowedStream::afterSave);
        logs.values().forEach(ModelLog::looked);
    }

    /**
     * The tailer's clock is ours, that of files is not. Before the former goes so far that a rotated file is done with, the
     * latter must have left behind the moment in which a file counts as new.
     */
    private void letWallClockPass(Duration time) {
        unwaited = unwaited.plus(time);
        if (unwaited.toNanos() >= FollowedPath.GRACE) {
            Logs.outliveNewFiles();
            unwaited = Duration.ZERO;
        }
    }

    private void acknowledgeAll() {
        if (running && acknowledging) {
            streams.forEach((id, stream) -> acknowledge(id, stream, stream.position()));
        }
    }

    private void acknowledgeSome(int amount) {
        if (running) {
            streams.forEach((id, stream) -> acknowledge(id, stream, stream.someRecordEnd(amount)));
        }
    }

    private void acknowledge(StreamId id, FollowedStream stream, long offset) {
        tail.acknowledge(id, offset);
        stream.acknowledged(offset);
    }

    private void stopOrStart(boolean kill) throws IOException {
        if (running) {
            stop(kill);
        } else {
            start();
        }
    }

    private void stop(boolean kill) throws IOException {
        if (kill) {
            tail.kill();
        } else {
            tail.close();
        }
        running = false;
        Map<StreamId, Long> saved = savedPositions();
        streams.forEach((id, stream) -> stream.tailerStopped(kill, saved.get(id)));
        logs.values().forEach(ModelLog::tailerStopped);
    }

    private Map<StreamId, Long> savedPositions() throws IOException {
        Map<StreamId, Long> saved = new HashMap<>();
        JsonNode json =
                new ObjectMapper().readTree(state.resolve("positions.json").toFile());
        for (JsonNode path : json.path("paths")) {
            for (JsonNode stream : path.path("streams")) {
                saved.put(
                        StreamId.parse(stream.path("id").asText()),
                        stream.path("offset").asLong());
            }
        }
        return saved;
    }

    private void start() throws IOException {
        tail.start();
        running = true;
        followAll();
    }

    private void followAll() {
        logs.values().forEach(log -> tail.follow(log.name, log.path, FollowOptions.fromEnd(LIMIT)));
        settle();
    }

    private void finish() throws IOException {
        if (!running) {
            start();
        }
        tail.room = true;
        acknowledging = true;
        for (ModelLog log : logs.values()) {
            if (log.isMidLine()) {
                log.write(1, 0);
            }
        }
        acknowledgeAll();
        pass(GRACE);
        pass(GRACE);
        stop(false);
        start();
        pass(GRACE);
    }

    private void deliver(TailedStream from, String line, long end) {
        ModelLog log = logs.get(Style.valueOf(from.name().toUpperCase(Locale.ROOT)));
        FollowedStream stream = streams.computeIfAbsent(from.id(), id -> begin(log, line));
        stream.handedOut(line, end, LIMIT);
        for (LogContent earlier : log.contents().subList(0, stream.content().number())) {
            if (!earlier.isDamaged() && !earlier.isWrittenToLate()) {
                assertThat(handedOut(earlier))
                        .as("%s before %s of %s", earlier, line, stream.content())
                        .isGreaterThanOrEqualTo(earlier.linesEnd());
            }
        }
    }

    private FollowedStream begin(ModelLog log, String line) {
        List<LogContent> contents = log.contents().stream()
                .filter(content -> content.beginsWith(line))
                .toList();
        assertThat(contents).as("what begins with %s", line).hasSize(1);
        assertThat(of(contents.get(0)))
                .as("streams of %s before", contents.get(0))
                .isEmpty();
        return new FollowedStream(contents.get(0));
    }

    private Stream<FollowedStream> of(LogContent content) {
        return streams.values().stream().filter(stream -> stream.content() == content);
    }

    private long handedOut(LogContent content) {
        return of(content).mapToLong(FollowedStream::position).sum();
    }

    private void check(ModelLog log) {
        List<TailNotice> notices = tail.notices.stream()
                .filter(notice -> notice.name().equals(log.name))
                .toList();
        long missing = 0;
        List<LogContent> holes = new ArrayList<>();
        for (LogContent content : log.contents()) {
            long arrived = of(content).mapToLong(FollowedStream::acknowledged).sum();
            assertThat(arrived).as("arrived of %s", content).isGreaterThanOrEqualTo(content.required());
            if (arrived < content.seen()) {
                missing += content.seen() - arrived;
                holes.add(content);
            }
        }
        if (log.contents().stream().noneMatch(LogContent::isExposed)) {
            assertThat(notices).as("notices of %s", log.name).isEmpty();
        }
        boolean unknown = notices.stream().anyMatch(notice -> notice.bytes() == TailNotice.UNKNOWN);
        long announced = notices.stream()
                .mapToLong(notice -> Math.max(0, notice.bytes()))
                .sum();
        assertThat(notices.size()).as("announced of %s: %s", holes, notices).isGreaterThanOrEqualTo(holes.size());
        assertThat(unknown || announced >= missing)
                .as("%s bytes missing of %s, announced %s", missing, holes, notices)
                .isTrue();
    }

    @Override
    public void close() throws IOException {
        if (running) {
            tail.close();
        }
    }
}
