package logyard.kato.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logyard.kato.action.ActionLog;
import logyard.kato.output.Console;

/** What was done with kato on this node, as its log tells. */
final class OwnHistory {
    private static final Pattern LINE = Pattern.compile(
            "(\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d) \\[info] \\(\\d+\\) INVOKE-ADMIN-ACTION (\\{.*})");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);
    private static final JsonMapper JSON = new JsonMapper();

    private final ActionLog log;
    private final String node;

    OwnHistory(ActionLog log, String node) {
        this.log = log;
        this.node = node;
    }

    /** All that is in the log, the oldest first; what is no action is left out, and so is what cannot be read, with a warning. */
    List<HistoryEntry> read(Console console) {
        List<HistoryEntry> entries = new ArrayList<>();
        try {
            log.lines().forEach(line -> parse(line).ifPresent(entries::add));
        } catch (IOException e) {
            console.warn("kato.log cannot be read: " + e);
        }
        return entries;
    }

    private Optional<HistoryEntry> parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            JsonNode action = JSON.readTree(parts.group(2));
            return Optional.of(HistoryEntry.of(
                    node,
                    LocalDateTime.parse(parts.group(1), TIME).atZone(ZoneId.systemDefault()),
                    action.path("command").asText(),
                    action.path("status").asText()));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
