package logyard.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.config.Defaults;
import logyard.proof.node.Node;
import logyard.proof.node.Patience;
import logyard.proof.oracle.Account;
import logyard.proof.oracle.LogWriter;
import logyard.proof.oracle.Target;

/**
 * What one run works with: a node, logs that are written, a target with a drain to it, and the account of what arrives
 * there. One thread.
 */
public final class Stage implements AutoCloseable {
    /** The drain to the target. */
    public static final String DRAIN = "proof";

    /** So long nothing may arrive before what is missing counts as lost. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    /** The core shows its numbers each 2 s. */
    private static final Duration STATUS_AGE = Duration.ofSeconds(3);

    /** What comes again comes soon. */
    private static final Duration LINGER = Duration.ofMillis(300);

    private static final int MUCH_MEBIBYTES = 1000;

    private final String run;
    private final Path folder;
    private final Node node;
    private final Account account = new Account();
    private final Target target;
    private final List<LogWriter> logs = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final long begun = System.nanoTime();
    private String remark = "";
    private long mostRepeated = Long.MAX_VALUE;
    private int faults;
    private boolean failed = true;

    /** What a run may promise beyond that no loss is unexplained, no line corrupted, and none nobody's. */
    public enum Promise {
        NOTHING_LOST,
        /** Neither fewer nor more than are lost. */
        LOST_IS_COUNTED,
        NOTHING_REPEATED,
        IN_ORDER
    }

    /** A stage with an empty node, whose state is in its own folder. */
    public Stage(Lab lab, String run, Map<String, String> settings) throws IOException {
        this(lab, run, settings, folder(lab, run).resolve("state"));
    }

    /** As the other one, with the state of the daemons in another folder. */
    public Stage(Lab lab, String run, Map<String, String> settings, Path state) throws IOException {
        this.run = run;
        this.folder = folder(lab, run);
        this.node = new Node(
                lab.distribution(), folder, state, lab.zooKeeper(), "/" + run + "-" + System.nanoTime(), settings);
        this.target = new Target(account::take);
        node.tree().set(ConfigPath.LOGYARD, Defaults.MARK); // filled, so that it holds only what we put there
        node.drain(DRAIN, target.uri("systail.", "apptail."));
    }

    /** Where a run has its files, made if it is not there. */
    public static Path folder(Lab lab, String run) throws IOException {
        return Files.createDirectories(lab.work().resolve(run));
    }

    /** Settings of a node, and one more. */
    public static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(name, value);
        return all;
    }

    public Node node() {
        return node;
    }

    public Account account() {
        return account;
    }

    public Target target() {
        return target;
    }

    /** A log that systail follows. */
    public LogWriter log(String name) throws IOException {
        return written(new LogWriter(name, node.follow(name)));
    }

    /** The same, in a folder of its own. */
    public LogWriter log(String name, Path logs) throws IOException {
        return written(new LogWriter(name, node.follow(name, logs)));
    }

    /** A log of which every line is to arrive. */
    public LogWriter written(LogWriter log) {
        logs.add(log);
        return log;
    }

    /** Starts core and systail, and waits until what is written now goes the whole way. */
    public void start() throws IOException {
        node.start(Node.CORE, Node.SYSTAIL);
        node.awaitDrain(DRAIN, "RUNNING");
    }

    /**
     * Begins to write to a log, but never so many lines ahead of what has arrived: on a slow machine more would come in
     * than a small journal keeps.
     */
    public void write(LogWriter log, int linesPerSecond, int mostAhead) {
        log.start(linesPerSecond, () -> log.written() - account.delivered(log.source()) < mostAhead);
    }

    /** A fault has happened just now; until a line arrives that is written from now on, this node is not well. */
    public void fault(LogWriter log) {
        faults++;
        account.faultHappened(log.source(), log.written());
    }

    public int faults() {
        return faults;
    }

    /** The run fails, whatever else comes of it. */
    public void problem(String what) {
        problems.add(what);
    }

    /** The run fails unless something holds. */
    public void require(boolean holds, String otherwise) {
        problems.addAll(holds ? List.of() : List.of(otherwise));
    }

    /** So many lines may come more than once by the end. */
    public void allowRepeats(long most) {
        mostRepeated = most;
    }

    /** Something to be read beside the numbers. */
    public void remark(String text) {
        remark += (remark.isEmpty() ? "" : "; ") + text;
    }

    /** How many lines were written so far. */
    public int written() {
        return logs.stream().mapToInt(LogWriter::written).sum();
    }

    /** As {@link #start}, and apptail, which is not to limit what instances may log. */
    public void startWithApptail() throws IOException {
        node.tree().set(ConfigPath.APPTAIL.child("max_lines_per_second"), IntNode.valueOf(1_000_000));
        node.tree().set(ConfigPath.APPTAIL.child("max_lines_burst"), IntNode.valueOf(65_535));
        node.tree().set(ConfigPath.APPTAIL.child("read_limit"), IntNode.valueOf(MUCH_MEBIBYTES));
        node.start(Node.CORE, Node.SYSTAIL, Node.APPTAIL);
        node.awaitDrain(DRAIN, "RUNNING");
    }

    /** Waits until line {@code number} of a log, or a later one, has arrived. */
    public void awaitArrived(LogWriter log, int number) throws IOException {
        Patience.require(
                "line " + number + " of " + log.source() + " has arrived",
                () -> account.highest(log.source()) >= number);
    }

    /**
     * How many events the core has counted for the drain while nothing comes in: fewer than were written if it lost its
     * cursors, and counted anew what was still in the journal.
     */
    public long matchedAtRest() {
        long before = -1;
        long matched = node.status(DRAIN).path("matched").asLong();
        while (matched != before) {
            Patience.pause(STATUS_AGE);
            before = matched;
            matched = node.status(DRAIN).path("matched").asLong();
        }
        return matched;
    }

    /** Waits until the core has so many events for the drain, delivered or not. */
    public void awaitMatched(long events) throws IOException {
        Patience.require(
                "the core has " + events + " events",
                () -> node.status(DRAIN).path("matched").asLong() >= events);
    }

    /** Waits until the core has saved that so many events came for the drain: what is damaged later is missed by it. */
    public void awaitSaved(long events) throws IOException {
        Patience.require("the core has saved that it has " + events + " events", () -> node.saved(DRAIN) >= events);
    }

    /** Waits until the target has confirmed everything that it got: what is lost from now on it never had. */
    public void awaitConfirmed() throws IOException {
        Patience.require(
                "everything is confirmed",
                () -> node.status(DRAIN).path("pending").asLong() == 0);
    }

    /** Waits until everything written so far was delivered, or dropped and announced; false if the rest never comes. */
    public boolean awaitSettled() throws IOException {
        long written = written();
        long seen = -1;
        long seenAt = System.nanoTime();
        while (System.nanoTime() - seenAt < SILENCE.toNanos()) {
            if (account.delivered() >= written) {
                return true;
            }
            JsonNode status = node.status(DRAIN);
            long dropped = status.path("dropped").asLong();
            // What was delivered and never confirmed may be counted as dropped, too: only then nothing more comes.
            boolean isOver =
                    status.path("matched").isNumber() && status.path("pending").asLong() == 0;
            if (dropped > 0 && isOver && account.delivered() + dropped >= written && account.announced() >= dropped) {
                return true;
            }
            long now = account.events() + status.path("delivered").asLong() + dropped;
            if (now != seen) {
                seen = now;
                seenAt = System.nanoTime();
            }
            Patience.pause(Duration.ofMillis(50));
        }
        return false;
    }

    /** Ends writing, waits for what is on its way, and reckons. */
    public Scorecard finish(int expectedFaults, Promise... promises) throws IOException {
        List<Promise> promised = List.of(promises);
        logs.forEach(LogWriter::close);
        boolean settled = awaitSettled();
        Patience.pause(LINGER);
        long written = written();
        long delivered = account.delivered();
        long lost = written - delivered;
        JsonNode status = node.status(DRAIN);
        long counted = status.path("dropped").asLong();
        long announced = account.announced();
        long unexplained = Math.max(0, lost - Math.min(counted, announced));
        long foreign = account.foreign() + account.unwritten(writtenBySource());
        require(faults >= expectedFaults, "invalid: " + faults + " of " + expectedFaults + " faults happened");
        require(unexplained == 0, unexplained + " lines lost without a word, among them " + missing());
        require(!promised.contains(Promise.NOTHING_LOST) || lost == 0, lost + " lines lost, among them " + missing());
        require(
                !promised.contains(Promise.LOST_IS_COUNTED) || (lost == counted && lost == announced),
                lost + " lines lost, " + counted + " counted, " + announced + " announced");
        require(
                account.repeated() <= (promised.contains(Promise.NOTHING_REPEATED) ? 0 : mostRepeated),
                account.repeated() + " lines repeated");
        require(
                !promised.contains(Promise.IN_ORDER) || account.outOfOrder() == 0,
                account.outOfOrder() + " lines out of order");
        require(settled || lost > 0, "not settled: " + status);
        require(account.corrupted() == 0, "lines arrived that differ from what was written: " + account.examples());
        require(foreign == 0, "lines arrived that nobody wrote: " + account.examples());
        require(isBalanced(status), "matched is not delivered + pending + dropped: " + status);
        account.tailNotices().forEach((text, times) -> remark(times + " times \"" + text + "\""));
        failed = !problems.isEmpty();
        return new Scorecard(
                run,
                written,
                delivered,
                account.repeated(),
                lost,
                counted,
                announced,
                unexplained,
                account.corrupted(),
                foreign,
                account.outOfOrder(),
                faults,
                recovery(),
                Duration.ofNanos(System.nanoTime() - begun),
                remark,
                problems);
    }

    private static boolean isBalanced(JsonNode status) {
        return status.path("matched").asLong()
                == status.path("delivered").asLong()
                        + status.path("pending").asLong()
                        + status.path("dropped").asLong();
    }

    private Map<String, Integer> writtenBySource() {
        return logs.stream().collect(Collectors.toMap(LogWriter::source, LogWriter::written));
    }

    private String missing() {
        List<String> missing = new ArrayList<>();
        for (LogWriter log : logs) {
            account.missing(log.source(), log.written(), 10)
                    .forEach(number -> missing.add(log.source() + " " + number));
        }
        return String.join(", ", missing);
    }

    private Optional<Scorecard.Recovery> recovery() {
        List<Duration> all =
                account.recoveries().stream().sorted(Comparator.naturalOrder()).toList();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new Scorecard.Recovery(all.get(all.size() / 2), all.get(all.size() - 1)));
    }

    /** Ends what runs, and removes the files, unless the run failed. */
    @Override
    public void close() throws IOException, InterruptedException {
        node.close();
        target.close();
        for (LogWriter log : logs) {
            log.close();
        }
        if (!failed) {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
