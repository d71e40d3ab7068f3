package logyard.kato.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;

/**
 * Whether there is a file with the password of the tree, and whether the daemons may read it. The latter only root, or
 * their user, can tell.
 */
final class AuthFileCheck {
    private static final String SUBJECT = "zk.auth";

    private AuthFileCheck() {}

    /** @param daemons whom they run as; empty if that is not known */
    static void examine(Settings settings, Optional<Account> daemons, Findings findings) {
        Path file = settings.path(Setting.ZK_AUTH_FILE);
        if (Files.notExists(file)) {
            examineMissing(file, settings.text(Setting.ZK_ACL), findings);
        } else if (Files.exists(file) && daemons.isPresent()) {
            examine(file, daemons.get(), findings);
        }
    }

    private static void examineMissing(Path file, String access, Findings findings) {
        if (access.equals("secured")) {
            findings.fail(
                    SUBJECT,
                    "there is no " + file + ", and zk.acl is secured: no daemon starts",
                    "copy it from another node, or make it: docs/install.md, “A password for the tree, on every node”");
        } else if (access.isEmpty()) {
            findings.warn(
                    SUBJECT,
                    "there is no " + file + ": everybody who reaches ZooKeeper may change what this node writes to the"
                            + " tree, and where its logs go",
                    "docs/install.md, “A password for a tree that is open”; if it is meant to be open: zk.acl=open in "
                            + Settings.DEFAULT_FILE);
        }
    }

    private static void examine(Path file, Account daemons, Findings findings) {
        try {
            daemons.obstacle(file)
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
