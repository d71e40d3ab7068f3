package logyard.kato.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What was found out about one thing.
 *
 * @param subject a word for the thing, such as {@code zookeeper}
 * @param text how it is
 * @param remedy what to do about it; empty if it is as it should be
 */
record Finding(Level level, String subject, String text, String remedy) {
    /** How bad it is. */
    enum Level {
        /** As it should be. */
        OK,
        /** Logs flow, but something is missing or will go wrong. */
        WARN,
        /** Logs do not flow, or are about not to. */
        FAIL
    }

    /** For programs. */
    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("level", level.name().toLowerCase(Locale.ROOT))
                .put("subject", subject)
                .put("text", text)
                .put("remedy", remedy);
    }
}
