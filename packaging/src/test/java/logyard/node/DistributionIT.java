package logyard.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the distribution (DESIGN §7). */
class DistributionIT {
    private static final Path DISTRIBUTION = Path.of(System.getProperty("logyard.distribution"));
    private static final String[] DAEMONS = {"logyard", "systail", "apptail", "cloud-events", "logyard-node"};

    @TempDir
    Path folder;

    private static List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(DISTRIBUTION.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private record Output(int status, String text) {}

    private static Output run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Output(process.waitFor(), text);
    }

    @Test
    void holdsEveryCommand() throws IOException {
        assertThat(names("bin"))
                .contains(DAEMONS)
                .contains("kato", "logyard-cli", "logyard-micro", "launch.sh", "archive-classes", "allow-zookeeper")
                .hasSize(DAEMONS.length + 6)
                .allSatisfy(name -> assertThat(
                                Files.isExecutable(DISTRIBUTION.resolve("bin").resolve(name)))
                        .as(name)
                        .isEqualTo(!name.equals("launch.sh")));
    }

    @Test
    void holdsWhatDesignNames() throws IOException {
        assertThat(names("."))
                .containsExactlyInAnyOrder("bin", "completion", "conf", "lib", "man", "monitoring", "systemd");
        assertThat(names("monitoring"))
                .containsExactlyInAnyOrder(
                        "scrape.yml", "logyard.rules.yml", "logyard.rules.test.yml", "grafana-dashboard.json");
        assertThat(names("conf")).containsExactly("logyard.properties");
        assertThat(names("completion")).containsExactlyInAnyOrder("kato.bash", "_kato");
        assertThat(names("man")).containsExactlyInAnyOrder("man1", "man5", "man8");
        assertThat(names("man/man1")).contains("kato.1", "kato-log-drain-add.1");
        assertThat(names("man/man8"))
                .contains(Stream.of(DAEMONS).map(name -> name + ".8").toArray(String[]::new));
        assertThat(names("systemd"))
                .containsExactlyInAnyOrder(
                        "logyard.target",
                        "logyard.service",
                        "systail.service",
                        "apptail.service",
                        "cloud-events.service",
                        "logyard-node.service",
                        "logyard-remote.service");
    }

    @Test
    void theArchiveHoldsTheSameAsTheFolder() throws Exception {
        Output listed = run(List.of("tar", "-tzf", DISTRIBUTION + ".tar.gz"));
        assertThat(listed.status()).as(listed.text()).isZero();
        try (Stream<Path> files = Files.walk(DISTRIBUTION)) {
            String[] expected = files.filter(Files::isRegularFile)
                    .map(file -> DISTRIBUTION.getParent().relativize(file).toString())
                    .toArray(String[]::new);
            assertThat(listed.text().lines().filter(name -> !name.endsWith("/")))
                    .containsExactlyInAnyOrder(expected);
        }
    }

    /** Who lets programs change drains decides so himself. */
    @Test
    void noUnitStartsTheRemote() throws IOException {
        for (String unit : names("systemd")) {
            String text = Files.readString(DISTRIBUTION.resolve("systemd").resolve(unit));
            assertThat(text.lines().filter(line -> line.contains("logyard-remote")))
                    .as(unit)
                    .isEmpty();
        }
        assertThat(Files.readString(DISTRIBUTION.resolve("systemd/logyard-remote.service")))
                .contains("\nExecStart=/opt/logyard/bin/kato remote --token-file /etc/logyard/remote.token\n");
    }

    /** The units as they are, but for the place where they find the commands. */
    @Test
    void systemdAcceptsTheUnits() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd is installed");
        List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String unit : names("systemd")) {
            Path copy = folder.resolve(unit);
            String text = Files.readString(DISTRIBUTION.resolve("systemd").resolve(unit));
            Files.writeString(copy, text.replace("/opt/logyard/bin", bin.toString()));
            command.add(copy.toString());
        }
        for (String daemon : names("bin")) {
            Files.createSymbolicLink(
                    bin.resolve(daemon), DISTRIBUTION.resolve("bin").resolve(daemon));
        }

        Output verified = run(command);

        assertThat(verified.text()).isEmpty();
        assertThat(verified.status()).isZero();
    }
}
