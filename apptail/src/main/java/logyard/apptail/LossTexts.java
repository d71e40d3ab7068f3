package logyard.apptail;

import java.util.function.LongSupplier;
import logyard.core.tail.TailNotice;
import logyard.core.tail.TailNotice.Kind;

/** Says in the words of an application's owner what of a log was lost. Safe for use by several threads. */
final class LossTexts {
    private final LongSupplier readLimit;

    /** @param readLimit how much of a new file is read, in bytes */
    LossTexts(LongSupplier readLimit) {
        this.readLimit = readLimit;
    }

    /** Such as {@code WARN -- 4096 bytes of stdout lost: emptied before they were stored}. */
    String text(String log, TailNotice loss) {
        if (loss.kind() == Kind.BEGINNING_SKIPPED || loss.kind() == Kind.BACKLOG_SKIPPED) {
            return "WARN -- Skipping " + loss.bytes() + " bytes of the large log file " + log
                    + ", of which at most the last " + readLimit.getAsLong() + " bytes are read";
        }
        String what = loss.bytes() == TailNotice.UNKNOWN
                ? "Lines of " + log + " may have been lost: "
                : loss.bytes() + " bytes of " + log + " lost: ";
        return "WARN -- " + what + reason(loss.kind());
    }

    private static String reason(Kind kind) {
        return switch (kind) {
            case TRUNCATED -> "emptied before they were stored";
            case GONE -> "the file was not found after a restart";
            case POSITION_LOST -> "how far it was read is not known any more";
            case TOO_MANY_ROTATIONS -> "rotated too often while the core took nothing";
            case ABANDONED -> "the instance ended before they could be read";
            case BEGINNING_SKIPPED, BACKLOG_SKIPPED -> "more than may be read";
            case NOT_A_FILE, UNREADABLE -> throw new IllegalArgumentException("No loss: " + kind);
        };
    }
}
