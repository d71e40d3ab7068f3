package logyard.proof.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What became of the lines that were written, as far as it has arrived at a target. Any thread. */
public final class Account {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EXAMPLES = 5;

    private final Map<String, Arrived> bySource = new TreeMap<>();
    private final Set<String> notices = new HashSet<>();
    private final List<String> examples = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final List<Duration> recoveries = new ArrayList<>();
    private final Map<String, Long> tailNotices = new HashMap<>();
    private long announced;
    private long corrupted;
    private long foreign;
    private long events;
    private long newestSecond;
    private long repeatedBytes;

    /** What arrived of one source. */
    private static final class Arrived {
        private final BitSet numbers = new BitSet();
        private int highest = -1;
        private long repeated;
        private long outOfOrder;
    }

    private record Watch(String source, int number, long sinceNanos) {}

    /** Takes what a target received: the value of an event, in JSON, without its line feed. */
    public void take(String json) {
        JsonNode event;
        try {
            event = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            takeForeign(json);
            return;
        }
        String text = event.path("text").asText();
        Optional<Line> line = Line.claimedBy(text);
        if (line.isEmpty()) {
            takeOther(event, text, json);
        } else if (line.get().text().equals(text)) {
            takeLine(line.get(), event.path("unix_time").asLong(), json);
        } else {
            takeCorrupted(json);
        }
    }

    private synchronized void takeLine(Line line, long second, String json) {
        events++;
        newestSecond = second;
        Arrived arrived = bySource.computeIfAbsent(line.source(), source -> new Arrived());
        if (arrived.numbers.get(line.number())) {
            arrived.repeated++;
            repeatedBytes += json.getBytes(StandardCharsets.UTF_8).length + 1;
            return;
        }
        arrived.outOfOrder += line.number() < arrived.highest ? 1 : 0;
        arrived.highest = Math.max(arrived.highest, line.number());
        arrived.numbers.set(line.number());
        if (!watches.isEmpty()) {
            long now = System.nanoTime();
            watches.removeIf(watch -> {
                boolean seen = watch.source().equals(line.source()) && line.number() >= watch.number();
                if (seen) {
                    recoveries.add(Duration.ofNanos(now - watch.sinceNanos()));
                }
                return seen;
            });
        }
    }

    /** A notice of a loss, or something that nobody wrote. */
    private synchronized void takeOther(JsonNode event, String text, String json) {
        JsonNode dropped = event.path("info").path("dropped");
        if (event.path("type").asText().equals("messages_dropped") && dropped.isObject()) {
            if (notices.add(text + dropped)) { // one that was sent again says the same
                dropped.forEach(count -> announced += count.asLong());
            }
        } else if (text.contains(" lost: ") || text.contains(" may have been lost: ")) {
            tailNotices.merge(text, 1L, Long::sum);
        } else {
            takeForeign(json);
        }
    }

    private synchronized void takeCorrupted(String json) {
        corrupted++;
        keep("corrupted: " + json);
    }

    private synchronized void takeForeign(String json) {
        foreign++;
        keep("foreign: " + json);
    }

    private void keep(String example) {
        if (examples.size() < EXAMPLES) {
            examples.add(example.length() > 300 ? example.substring(0, 300) + "…" : example);
        }
    }

    /** Notes how long it takes from a fault on, that is from now, until a line arrives that was written after it. */
    public synchronized void faultHappened(String source, int written) {
        watches.removeIf(watch -> watch.source().equals(source)); // one fault came before the end of the other
        watches.add(new Watch(source, written, System.nanoTime()));
    }

    /** How long it took, fault by fault. */
    public synchronized List<Duration> recoveries() {
        return List.copyOf(recoveries);
    }

    /** How many different lines arrived. */
    public synchronized int delivered() {
        return bySource.values().stream()
                .mapToInt(each -> each.numbers.cardinality())
                .sum();
    }

    /** How many different lines of one source arrived. */
    public synchronized int delivered(String source) {
        Arrived arrived = bySource.get(source);
        return arrived == null ? 0 : arrived.numbers.cardinality();
    }

    /** The highest number of a source that arrived; -1 if none did. */
    public synchronized int highest(String source) {
        Arrived arrived = bySource.get(source);
        return arrived == null ? -1 : arrived.highest;
    }

    /** The first lines of a source that have not arrived, of so many that were written. */
    public synchronized List<Integer> missing(String source, int written, int most) {
        Arrived arrived = bySource.get(source);
        BitSet numbers = arrived == null ? new BitSet() : arrived.numbers;
        List<Integer> missing = new ArrayList<>();
        for (int next = numbers.nextClearBit(0);
                next < written && missing.size() < most;
                next = numbers.nextClearBit(next + 1)) {
            missing.add(next);
        }
        return missing;
    }

    /** How many of the lines that arrived have a number that was never written. */
    public synchronized int unwritten(Map<String, Integer> written) {
        return bySource.entrySet().stream()
                .mapToInt(source -> source.getValue()
                        .numbers
                        .get(written.getOrDefault(source.getKey(), 0), Integer.MAX_VALUE)
                        .cardinality())
                .sum();
    }

    /** How many lines came again. */
    public synchronized long repeated() {
        return bySource.values().stream().mapToLong(each -> each.repeated).sum();
    }

    /** As what they came, all together. */
    public synchronized long repeatedBytes() {
        return repeatedBytes;
    }

    /** How many lines came for the first time after one with a higher number of the same source. */
    public synchronized long outOfOrder() {
        return bySource.values().stream().mapToLong(each -> each.outOfOrder).sum();
    }

    /** How many lines a target was told that it never gets. */
    public synchronized long announced() {
        return announced;
    }

    /** How many lines differ from what was written. */
    public synchronized long corrupted() {
        return corrupted;
    }

    /** How many lines nobody wrote. */
    public synchronized long foreign() {
        return foreign;
    }

    /** What those who follow files had to say of losses, and how often. */
    public synchronized Map<String, Long> tailNotices() {
        return Map.copyOf(tailNotices);
    }

    /** The time that the line had which arrived last, in seconds since 1970. */
    public synchronized long newestSecond() {
        return newestSecond;
    }

    /** Grows with everything that arrives. */
    public synchronized long events() {
        return events + announced + corrupted + foreign;
    }

    /** Some of the lines that are corrupted or foreign. */
    public synchronized List<String> examples() {
        return List.copyOf(examples);
    }
}
