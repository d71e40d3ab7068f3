package logyard.core.supervision;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import logyard.core.event.ByteBuilder;
import logyard.core.event.EventTime;
import logyard.core.event.JsonText;
import logyard.core.event.Keys;
import logyard.core.event.Message;
import logyard.core.router.Drop;
import logyard.core.router.DropReason;

/**
 * The event by which a drain's target is told of what it never gets: {@code 12 messages dropped since
 * 2013-04-18T10:15:02-07:00: evicted from the journal}. It has the fields of all three streams, so that the formats of
 * any of them can be made of it.
 */
final class LossNotice {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

    private LossNotice() {}

    /**
     * Writes it.
     *
     * @param filters of the drain, one of which its key begins with
     * @param drops what is to be told
     */
    static Message of(List<String> filters, String node, Map<DropReason, Drop> drops, Clock clock) {
        var json = new ByteBuilder(512);
        json.append(key(filters, node));
        int keyLength = json.length();
        json.append(" {\"name\":\"logyard\",\"text\":\"");
        append(text(drops, clock), json);
        json.append("\",\"node_id\":\"");
        append(node, json);
        json.append("\",");
        EventTime.append(clock.instant().getEpochSecond(), clock.getZone(), json);
        json.append(",\"process\":\"logyard\",\"source\":\"logyard\",\"app_guid\":\"\",\"app_name\":\"logyard\""
                + ",\"instance_index\":-1,\"type\":\"messages_dropped\",\"severity\":\"ERROR\",\"desc\":\"");
        append(text(drops, clock), json);
        json.append("\",\"info\":{\"dropped\":{" + numbers(drops) + "}}}");
        byte[] bytes = json.toByteArray();
        var message = new Message();
        message.pointAt(bytes, 0, keyLength, bytes.length);
        return message;
    }

    private static void append(String text, ByteBuilder json) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonText.append(bytes, 0, bytes.length, json);
    }

    /** A key that the drain itself would want, whatever it wants. */
    static String key(List<String> filters, String node) {
        for (String own : List.of(Keys.systail("logyard", node), "apptail.logyard", Keys.event("messages_dropped"))) {
            if (filters.stream().anyMatch(Keys.whole(own)::startsWith)) {
                return own;
            }
        }
        String narrow = Keys.withoutEnd(filters.get(0));
        return narrow.endsWith(".") ? narrow + "logyard" : narrow;
    }

    private static String text(Map<DropReason, Drop> drops, Clock clock) {
        long all = drops.values().stream().mapToLong(Drop::open).sum();
        long since = drops.values().stream().mapToLong(Drop::openSince).min().orElse(0);
        String reasons = new TreeMap<>(drops)
                .entrySet().stream()
                        .map(drop -> (drops.size() == 1 ? "" : drop.getValue().open() + " ")
                                + drop.getKey().text())
                        .collect(Collectors.joining(", "));
        String time = TIME.format(
                Instant.ofEpochSecond(since).truncatedTo(ChronoUnit.SECONDS).atZone(clock.getZone()));
        return all + (all == 1 ? " message" : " messages") + " dropped since " + time + ": " + reasons;
    }

    private static String numbers(Map<DropReason, Drop> drops) {
        return new TreeMap<>(drops)
                .entrySet().stream()
                        .map(drop -> "\"" + drop.getKey().label() + "\":"
                                + drop.getValue().open())
                        .collect(Collectors.joining(","));
    }
}
