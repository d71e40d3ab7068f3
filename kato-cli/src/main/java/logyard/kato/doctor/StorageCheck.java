package logyard.kato.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import logyard.config.DiskSpace;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;

/** Whether the folders are there, and whether the disk has room for the journal. */
final class StorageCheck {
    private static final String SUBJECT = "disk";

    private static final long LEAST_FOR_LOGS = 1 << 20;

    private StorageCheck() {}

    static void examine(Settings settings, Findings findings) {
        Path logs = settings.path(Setting.LOGS_DIR);
        if (Files.isDirectory(logs)) {
            examineLogs(logs, findings);
        } else {
            findings.warn(
                    "logs.dir",
                    "there is no folder " + logs + ": daemons and kato keep no logs, so that the history stays empty",
                    "mkdir -p " + logs + " && chown logyard: " + logs + " && chmod 2775 " + logs);
        }
        Path state = settings.path(Setting.STATE_DIR);
        if (!Files.isDirectory(state)) {
            findings.fail(
                    "state.dir",
                    "there is no folder " + state,
                    "systemd makes it when the daemons start; without systemd: mkdir -p " + state
                            + " && chown logyard: " + state);
            return;
        }
        try {
            examineRoom(settings, state, findings);
        } catch (IOException e) {
            findings.warn(
                    SUBJECT,
                    "how much room there is in " + state + " cannot be told: " + e.getMessage(),
                    "df " + state);
        }
    }

    private static void examineLogs(Path logs, Findings findings) {
        try {
            long free = DiskSpace.usable(logs);
            if (free >= LEAST_FOR_LOGS) {
                findings.ok("logs.dir", logs + " is there, with " + mebibytes(free) + " free");
            } else {
                findings.fail(
                        "logs.dir",
                        "the disk of " + logs
                                + " is full: whoever logs there loses lines, and so do drains that write there",
                        "make room: df " + logs);
            }
        } catch (IOException e) {
            findings.ok("logs.dir", logs + " is there");
        }
    }

    private static void examineRoom(Settings settings, Path state, Findings findings) throws IOException {
        long free = DiskSpace.usable(state);
        long floor = settings.bytes(Setting.JOURNAL_MIN_FREE_BYTES);
        long most = settings.bytes(Setting.JOURNAL_MAX_BYTES);
        long taken = size(state.resolve("journal"));
        String text = mebibytes(free) + " free at " + state + ", the journal has " + mebibytes(taken) + " of at most "
                + mebibytes(most) + ", and leaves " + mebibytes(floor) + " free";
        if (free < floor) {
            findings.fail(
                    SUBJECT,
                    text + ": it drops the oldest events now",
                    "make room, or set journal.min_free_bytes lower");
        } else if (free - floor < most - taken) {
            findings.warn(
                    SUBJECT,
                    text + ": it cannot grow to its full size",
                    "make room, or set journal.max_bytes to what there is: a smaller one forgets sooner what a dead target"
                            + " has not got");
        } else {
            findings.ok(SUBJECT, text);
        }
    }

    /** Of what may be read of a folder; 0 if nothing may. */
    private static long size(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
            return 0;
        }
        long sum = 0;
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                sum += Files.exists(file) ? Files.size(file) : 0; // the core removes some meanwhile
            }
        }
        return sum;
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%d MiB", bytes >> 20);
    }
}
