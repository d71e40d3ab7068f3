package logyard.kato.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import logyard.core.event.Events;
import logyard.core.event.StreamPositions.StreamPosition;
import logyard.core.journal.JournalReader;
import logyard.core.journal.JournalRecord;
import logyard.core.journal.SegmentSummary;
import logyard.core.journal.StoppedJournal;
import logyard.core.router.Cursors;

/** What is in a journal, and what of it each drain has not got. */
record JournalContent(StoppedJournal journal, Map<String, Cursors.Saved> drains) {
    ObjectNode json() throws IOException {
        List<SegmentSummary> segments = journal.segments();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("folder", journal.folder().toString())
                .put("first", journal.first())
                .put("end", journal.end())
                .put("bytes", journal.bytes());
        ArrayNode segmentNodes = json.putArray("segments");
        segments.forEach(segment -> describe(segment, segmentNodes.addObject()));
        ArrayNode streams = json.putArray("streams");
        for (StreamPosition stream : journal.streams()) {
            streams.addObject()
                    .put("client", stream.client())
                    .put("id", stream.stream().toString())
                    .put("position", stream.position());
        }
        ArrayNode drainNodes = json.putArray("drains");
        for (Map.Entry<String, Cursors.Saved> drain : new TreeMap<>(drains).entrySet()) {
            describe(drain.getKey(), drain.getValue(), segments, drainNodes.addObject());
        }
        return json;
    }

    private static void describe(SegmentSummary segment, ObjectNode into) {
        into.put("base", segment.base())
                .put("end", segment.end())
                .put("bytes", segment.end() - segment.base() - segment.holeBytes());
        if (segment.firstTimeNanos() <= segment.lastTimeNanos()) {
            into.put("first_time", Moment.text(segment.firstTimeNanos()))
                    .put("last_time", Moment.text(segment.lastTimeNanos()));
        }
        segment.keys().ifPresent(keys -> {
            into.put("events", keys.values().stream().mapToLong(Long::longValue).sum());
            ObjectNode node = into.putObject("keys");
            new TreeMap<>(keys).forEach(node::put);
        });
    }

    private void describe(String name, Cursors.Saved drain, List<SegmentSummary> segments, ObjectNode into)
            throws IOException {
        long position = drain.cursor().position();
        into.put("name", name)
                .put("position", position)
                .put("behind_bytes", Math.max(0, journal.end() - Math.max(position, journal.first())))
                .put("behind_events", eventsBehind(position, drain.filters(), segments));
        drain.filters().forEach(into.putArray("filters")::add);
    }

    private long eventsBehind(long position, List<String> filters, List<SegmentSummary> segments) throws IOException {
        long events = 0;
        for (SegmentSummary segment : segments) {
            Optional<Map<String, Long>> keys = segment.keys();
            if (position <= segment.firstRecord() && keys.isPresent()) {
                events += keys.get().entrySet().stream()
                        .filter(key -> isWanted(key.getKey(), filters))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
            } else if (position < segment.end()) {
                events += count(Math.max(position, segment.base()), segment.end(), filters);
            }
        }
        return events;
    }

    private long count(long from, long end, List<String> filters) throws IOException {
        var events = new Events();
        long count = 0;
        try (JournalReader reader = journal.reader(from)) {
            for (Optional<JournalRecord> next = reader.next(end); next.isPresent(); next = reader.next(end)) {
                events.over(next.get().frame());
                while (events.next()) {
                    count += isWanted(events.message().key(), filters) ? 1 : 0;
                }
            }
        }
        return count;
    }

    private static boolean isWanted(String key, List<String> filters) {
        return filters.isEmpty() || filters.stream().anyMatch(key::startsWith);
    }
}
