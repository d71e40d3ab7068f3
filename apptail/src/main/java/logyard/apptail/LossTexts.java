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
        String reason = loss.kind() == Kind.ABANDONED
                ? "the instance ended before they could be read"
                : loss.kind().reason();
        return "WARN -- " + what + reason;
    }
}
