package logyard.kato.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the daemons may read the file with the password of the tree. Only root, or the daemons' user, can tell. */
final class AuthFileCheck {
    private static final String SUBJECT = "zk.auth";

    private AuthFileCheck() {}

    /** @param daemons whom they run as; empty if that is not known */
    static void examine(Path file, Optional<Account> daemons, Findings findings) {
        if (!Files.exists(file) || daemons.isEmpty()) {
            return;
        }
        try {
            daemons.get()
                    .obstacle(file)
                    .ifPresentOrElse(
                            obstacle -> findings.fail(
                                    SUBJECT,
                                    "the user logyard may not read " + file + ", for the mode of " + obstacle
                                            + ": no daemon starts",
                                    "chgrp logyard " + obstacle + " && chmod g+rX " + obstacle),
                            () -> findings.ok(SUBJECT, "the user logyard may read " + file));
        } catch (IOException e) {
            findings.warn(
                    SUBJECT, "whether the daemons may read " + file + " cannot be told: " + e, "sudo kato doctor");
        }
    }
}
