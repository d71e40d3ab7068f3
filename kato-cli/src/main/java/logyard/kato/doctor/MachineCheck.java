package logyard.kato.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What Logyard needs of the machine itself. */
final class MachineCheck {
    private static final int OLDEST_JAVA = 17;

    /** systail watches the folder of each log and those above it; apptail three per instance. Debian's value is 65,536 or more. */
    private static final long FEW_WATCHES = 8192;

    /** Each daemon takes one; Debian's value is 128 for each user. */
    private static final long FEW_INSTANCES = 16;

    private static final Path INOTIFY = Path.of("/proc/sys/fs/inotify");

    private static final int LONGEST_NUMBER = 32;

    private MachineCheck() {}

    static void examine(Findings findings) {
        examineJava(findings);
        examineInotify("max_user_watches", FEW_WATCHES, findings);
        examineInotify("max_user_instances", FEW_INSTANCES, findings);
        examineClock(findings);
    }

    private static void examineJava(Findings findings) {
        String text = System.getProperty("java.version") + " at " + System.getProperty("java.home");
        if (Runtime.version().feature() >= OLDEST_JAVA) {
            findings.ok("java", text);
        } else {
            findings.fail("java", text, "install Java 17 or later: apt-get install openjdk-17-jre-headless");
        }
    }

    private static void examineInotify(String limit, long few, Findings findings) {
        try {
            long value = Long.parseLong(read(INOTIFY.resolve(limit)));
            if (value >= few) {
                findings.ok("inotify", limit + " is " + value);
            } else {
                findings.warn(
                        "inotify",
                        limit + " is " + value + ": files beyond it are polled, and lines come up to a second later",
                        "echo fs.inotify." + limit + "=" + 8 * few
                                + " > /etc/sysctl.d/60-logyard.conf && sysctl --system");
            }
        } catch (IOException | NumberFormatException e) {
            findings.warn("inotify", limit + " cannot be read: " + e.getMessage(), "look at " + INOTIFY);
        }
    }

    /** In one system call: the kernel gives a number once, and {@code Files.readString} asks for its first digit alone. */
    private static String read(Path setting) throws IOException {
        try (InputStream in = Files.newInputStream(setting)) {
            byte[] line = new byte[LONGEST_NUMBER];
            int length = in.read(line);
            return new String(line, 0, Math.max(length, 0), StandardCharsets.US_ASCII).strip();
        }
    }

    /** Records have the time at which they were read. */
    private static void examineClock(Findings findings) {
        try {
            Process process = new ProcessBuilder("timedatectl", "show", "--property=NTPSynchronized", "--value")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = process.waitFor(5, TimeUnit.SECONDS);
            if (ended && answer.equals("yes")) {
                findings.ok("clock", "synchronized");
            } else if (ended && answer.equals("no")) {
                findings.warn(
                        "clock",
                        "not synchronized: the times of this node's events may not fit those of others",
                        "apt-get install systemd-timesyncd && timedatectl set-ntp true");
            }
        } catch (IOException e) {
            // Without systemd there is nobody to ask.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
