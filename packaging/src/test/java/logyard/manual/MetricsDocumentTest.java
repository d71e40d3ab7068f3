package logyard.manual;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators are given about metrics is about the metrics there are. */
class MetricsDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/metrics.md");
    private static final Path MONITORING = Path.of("src/main/monitoring");
    private static final String TABLE = "<!-- The table begins here. -->\n";
    private static final String END = "<!-- The table ends here. -->";
    private static final Pattern OURS = Pattern.compile("\\blogyard_[a-z_]+\\b");
    private static final Pattern ALERT = Pattern.compile("\\bLogyard[A-Z]\\w+");

    @TempDir
    Path folder;

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String file(String name) throws IOException {
        return Files.readString(MONITORING.resolve(name));
    }

    @Test
    void theTableIsWhatTheCodeSays() throws IOException {
        String document = Files.readString(DOCUMENT);

        assertThat(document.substring(document.indexOf(TABLE) + TABLE.length(), document.indexOf(END)))
                .as("the table in docs/metrics.md; make it anew by ./mvnw -DskipTests package, and put"
                        + " packaging/target/manual/metrics-table.md in its place")
                .isEqualTo(MetricsTable.document());
    }

    @Test
    void eachMetricIsDescribedOnce() {
        List<String> names = MetricsTable.document()
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("`", 3)[1])
                .toList();

        assertThat(names)
                .doesNotHaveDuplicates()
                .contains("logyard_drain_matched_events_total", "jvm_memory_used_bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logyard.rules.yml", "logyard.rules.test.yml", "grafana-dashboard.json"})
    void whatIsShippedAsksForMetricsThatThereAre(String name) throws IOException {
        Set<String> asked = found(OURS, file(name));

        assertThat(asked).hasSizeGreaterThan(3);
        assertThat(MetricsTable.series()).containsAll(asked);
    }

    @Test
    void eachAlertIsExplained() throws IOException {
        Set<String> rules = new TreeSet<>();
        file("logyard.rules.yml")
                .lines()
                .filter(line -> line.contains("- alert: "))
                .forEach(line -> rules.addAll(found(ALERT, line)));

        assertThat(found(ALERT, Files.readString(DOCUMENT))).isEqualTo(rules);
        assertThat(rules).hasSizeGreaterThan(10);
    }

    private static List<JsonNode> panels() throws IOException {
        List<JsonNode> panels = new ArrayList<>();
        new ObjectMapper()
                .readTree(file("grafana-dashboard.json"))
                .path("panels")
                .forEach(panels::add);
        return panels;
    }

    private static List<String> expressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (JsonNode panel : panels()) {
            panel.path("targets")
                    .forEach(target -> expressions.add(target.path("expr").asText()));
        }
        return expressions;
    }

    @Test
    void thePanelsOfTheDashboardLieBesideEachOther() throws IOException {
        Set<String> taken = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : panels()) {
            assertThat(ids.add(panel.path("id").asInt()))
                    .as("id of %s", panel.path("title"))
                    .isTrue();
            assertThat(panel.path("targets").isEmpty())
                    .isEqualTo(panel.path("type").asText().equals("row"));
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = place.path("x").asInt();
                    x < place.path("x").asInt() + place.path("w").asInt();
                    x++) {
                for (int y = place.path("y").asInt();
                        y < place.path("y").asInt() + place.path("h").asInt();
                        y++) {
                    assertThat(taken.add(x + "," + y))
                            .as("place of %s", panel.path("title"))
                            .isTrue();
                }
            }
        }
    }

    private static Optional<Path> promtool() throws IOException {
        Path unpacked = Path.of("../target/receivers/prometheus/usr/bin/promtool");
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(":")).map(place -> Path.of(place, "promtool")),
                        Stream.of(unpacked))
                .filter(Files::isExecutable)
                .map(Path::toAbsolutePath)
                .findFirst();
    }

    private void promtool(Path where, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(promtool().orElseThrow().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("SUCCESS");
    }

    @Test
    void prometheusTakesTheRulesAndWhatIsToBeScraped() throws Exception {
        assumeTrue(promtool().isPresent(), "promtool is installed (apt-get install prometheus)");

        promtool(MONITORING, "check", "rules", "logyard.rules.yml");
        promtool(MONITORING, "test", "rules", "logyard.rules.test.yml");
        promtool(MONITORING, "check", "config", "scrape.yml");
    }

    /** As rules, since promtool of Debian 12 has no word for an expression alone. */
    @Test
    void prometheusUnderstandsWhatTheDashboardAsks() throws Exception {
        assumeTrue(promtool().isPresent(), "promtool is installed (apt-get install prometheus)");
        var rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        int number = 0;
        for (String expression : expressions()) {
            String expanded = expression.replace("$__rate_interval", "5m").replace("$instance", ".*");
            rules.append("      - record: r")
                    .append(++number)
                    .append("\n        expr: ")
                    .append(new ObjectMapper().writeValueAsString(expanded))
                    .append('\n');
        }
        Files.writeString(folder.resolve("dashboard.yml"), rules);

        promtool(folder, "check", "rules", "dashboard.yml");
    }
}
