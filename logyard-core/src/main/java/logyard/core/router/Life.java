package logyard.core.router;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From one start of a machine to the next, and of one journal: so long what was written counts though it was not synced. */
record Life(UUID boot, UUID journal) {
    private static final Logger log = LoggerFactory.getLogger(Life.class);

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** The same, with dashes or without, for units that do not see the file. */
    private static final String VARIABLE = "LOGYARD_BOOT_ID";

    private static final int DIGITS = 32;

    /** As of now. Where the system does not tell it is one that never comes again, which is logged. */
    static Life of(UUID journal) {
        return of(journal, System.getenv(), BOOT_ID);
    }

    static Life of(UUID journal, Map<String, String> environment, Path bootId) {
        @Nullable String given = environment.get(VARIABLE);
        try {
            return new Life(parse(given == null || given.isBlank() ? Files.readString(bootId) : given), journal);
        } catch (IOException | IllegalArgumentException e) {
            log.warn(
                    "Cannot tell one start of the machine from the next: if the core is killed, drains repeat what was delivered"
                            + " since cursors were saved. {} is to be readable, or {} to be set: {}",
                    bootId,
                    VARIABLE,
                    e.toString());
            return new Life(UUID.randomUUID(), journal);
        }
    }

    private static UUID parse(String text) {
        String digits = text.strip().replace("-", "");
        if (digits.length() != DIGITS) {
            throw new IllegalArgumentException("\"" + text.strip() + "\" has not " + DIGITS + " hexadecimal digits");
        }
        return new UUID(
                Long.parseUnsignedLong(digits, 0, DIGITS / 2, 16),
                Long.parseUnsignedLong(digits, DIGITS / 2, DIGITS, 16));
    }
}
