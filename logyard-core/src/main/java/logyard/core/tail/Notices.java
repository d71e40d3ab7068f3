package logyard.core.tail;

import java.nio.file.Path;
import logyard.core.tail.TailNotice.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Logs, counts and passes on what an operator should know about one path, and nothing twice in a row. */
final class Notices {
    private static final Logger log = LoggerFactory.getLogger(FileTailer.class);

    private final String name;
    private final Path path;
    private final LineHandler handler;
    private final Counters counters;
    private final Level level;
    private String trouble = "";
    private long losses;
    private long lostBytes;

    /** @param quiet whether only the handler is to hear of it */
    Notices(String name, Path path, boolean quiet, TailContext context) {
        this.name = name;
        this.path = path;
        this.handler = context.handler();
        this.counters = context.counters();
        this.level = quiet ? Level.DEBUG : Level.WARN;
    }

    /** Something was lost, or may have been. */
    void lost(Kind kind, long bytes) {
        if (bytes == TailNotice.UNKNOWN) {
            log.atLevel(level).log("[{}] Lines of {} may have been lost: {}", name, path, kind.reason());
        } else {
            log.atLevel(level == Level.WARN ? Level.ERROR : level)
                    .log("[{}] Lost {} bytes of {}: {}", name, bytes, path, kind.reason());
        }
        counters.lost(bytes);
        losses++;
        lostBytes += Math.max(0, bytes);
        handler.notice(new TailNotice(kind, name, path, bytes));
    }

    /** How often something was lost, or may have been. */
    long losses() {
        return losses;
    }

    /** How much of that is known. */
    long lostBytes() {
        return lostBytes;
    }

    /** Something does not work, and is tried again and again. */
    void trouble(Kind kind, String reason) {
        if (reason.equals(trouble)) {
            log.debug("[{}] Still cannot read {}: {}", name, path, reason);
            return;
        }
        trouble = reason;
        log.atLevel(level).log("[{}] Cannot read {}: {}", name, path, reason);
        handler.notice(new TailNotice(kind, name, path, TailNotice.UNKNOWN));
    }

    /** It works again. */
    void fine() {
        if (!trouble.isEmpty()) {
            log.atLevel(level == Level.WARN ? Level.INFO : level).log("[{}] Reading {} again", name, path);
            trouble = "";
        }
    }
}
