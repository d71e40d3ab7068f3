package logyard.installed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A machine of its own that has booted systemd: what is installed here is there, too, and what is written there is gone with
 * it. It has a network of its own, too, which leads nowhere.
 */
final class Container implements AutoCloseable {
    private static final Duration BOOT = Duration.ofMinutes(2);

    /** What is installed there to begin with: what is on this machine, or in a folder that packaging/ubuntu.sh has made. */
    static final Path SYSTEM = Path.of(System.getProperty("logyard.installed.on", "/"));

    /** In a mount namespace of its own, so that no mount outlives it. */
    private static final String SCRIPT = """
            set -e
            mount -t tmpfs tmpfs "$1"
            mkdir "$1/upper" "$1/work" "$1/root"
            mount -t overlay overlay -o "lowerdir=$4,upperdir=$1/upper,workdir=$1/work" "$1/root"
            # Units filter addresses by BPF, in a unified hierarchy only.
            export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1
            exec systemd-nspawn --capability=CAP_BPF --system-call-filter=bpf --quiet --directory="$1/root" --register=no --keep-unit --private-network \\
                --machine="$2" --bind-ro="$3:/package" --boot
            """;

    /** What a command said, and its status. */
    record Said(int status, String text) {}

    private final Process process;
    private final Path log;
    private final ProcessHandle leader;

    private Container(Process process, Path log, ProcessHandle leader) {
        this.process = process;
        this.log = log;
        this.leader = leader;
    }

    /**
     * Boots one; the test is aborted if this machine cannot have any, for want of root, systemd or namespaces.
     *
     * @param folder for its files
     * @param files a folder that is its {@code /package}
     */
    static Container boot(Path folder, Path files) throws IOException, InterruptedException {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root can boot a container");
        Path log = folder.resolve("boot.log");
        Process process = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        SCRIPT,
                        "boot",
                        Files.createDirectory(folder.resolve("machine")).toString(),
                        "logyard-" + ProcessHandle.current().pid(),
                        files.toString(),
                        SYSTEM.toString())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Optional<Container> booted = awaitBoot(process, log);
        if (booted.isEmpty()) {
            String said = Files.readString(log);
            process.destroyForcibly().waitFor();
            Assumptions.abort("this machine boots no container: " + said);
        }
        return booted.get();
    }

    private static Optional<Container> awaitBoot(Process process, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + BOOT.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            Optional<ProcessHandle> leader = process.children().findFirst();
            if (leader.isPresent()) {
                var container = new Container(process, log, leader.get());
                if (container.run("systemctl is-system-running").text().matches("(running|degraded)\\n")) {
                    return Optional.of(container);
                }
            }
            Thread.sleep(500);
        }
        return Optional.empty();
    }

    /** Has its root's shell run a command, in {@code /package}; whatever it says is one text. */
    Said run(String command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("nsenter", "--target", String.valueOf(leader.pid()), "--all"));
        words.addAll(List.of("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root"));
        words.addAll(
                List.of("LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", "cd /package; " + command));
        Process shell = new ProcessBuilder(words)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(shell.waitFor(), text);
    }

    /** What a command said that had to succeed. */
    String succeed(String command) throws IOException, InterruptedException {
        Said said = run(command);
        assertThat(said.status()).as("%s: %s", command, said.text()).isZero();
        return said.text();
    }

    /** Turns it off without asking it. */
    @Override
    public void close() throws InterruptedException {
        leader.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("the end of %s", log)
                .isTrue();
    }
}
