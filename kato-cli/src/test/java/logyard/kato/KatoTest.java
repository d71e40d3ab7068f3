package logyard.kato;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class KatoTest {
    private final TestKato cluster = new TestKato();

    /** The names of each command, from below {@code kato} down; a new one is among them by itself. */
    private static Stream<List<String>> commands() {
        return below(List.of(), KatoSyntax.commands());
    }

    private static Stream<List<String>> below(List<String> path, CommandLine command) {
        return Stream.concat(
                Stream.of(path),
                command.getSubcommands().entrySet().stream()
                        .flatMap(sub -> below(
                                Stream.concat(path.stream(), Stream.of(sub.getKey()))
                                        .toList(),
                                sub.getValue())));
    }

    private static Stream<List<String>> commandsBelowKato() {
        return commands().filter(path -> !path.isEmpty());
    }

    private static String[] words(List<String> path, String... more) {
        return Stream.concat(path.stream(), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void knowsAllItsCommands() {
        assertThat(commands())
                .contains(List.of(), List.of("log"), List.of("log", "drain", "add"), List.of("config", "set"))
                .hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpsAtEachLevelWithAnExample(List<String> command) {
        String path = String.join(" ", words(List.of("kato"), command.toArray(String[]::new)));

        for (String option : List.of("-h", "--help")) {
            String help = cluster.kato(words(command, option)).output();

            assertThat(help).startsWith("Usage: " + path + " ").contains("-h, --help");
            assertThat(help.lines().dropWhile(line -> !line.startsWith("Example")))
                    .as("an example of %s", path)
                    .anyMatch(line -> line.matches("(Example:|) *" + path + "\\b.*|.*\\b" + path + " .*"));
        }
    }

    private static String swapped(String name) {
        int last = name.length() - 1;
        return name.charAt(last) == name.charAt(last - 1)
                ? name.charAt(1) + name.substring(0, 1) + name.substring(2)
                : name.substring(0, last - 1) + name.charAt(last) + name.charAt(last - 1);
    }

    /** With two letters swapped, and with one too many. */
    @ParameterizedTest
    @MethodSource("commandsBelowKato")
    void suggestsWhatWasMeantByAnyMistypedCommand(List<String> command) {
        List<String> above = command.subList(0, command.size() - 1);
        String name = command.get(command.size() - 1);
        for (String mistyped : List.of(swapped(name), name + "x")) {
            var result = cluster.kato(words(above, mistyped));

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .startsWith("ERROR: ")
                    .contains("'" + mistyped + "'")
                    .contains("Did you mean: kato " + String.join(" ", command) + "?");
        }
    }

    @Test
    void suggestsWhatWasMeant() {
        var result = cluster.kato("log", "drian", "list");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("ERROR: ").contains("'drian'").contains("Did you mean: kato log drain?");
    }

    @Test
    void suggestsTheCommandOfConfigThatWasMeant() {
        assertThat(cluster.kato("config", "ste", "systail", "x", "y").err()).contains("Did you mean: kato config set?");
    }

    @Test
    void tellsWhichCommandsThereAre() {
        assertThat(cluster.kato("nonsense").err())
                .endsWith(
                        "\nThe commands of kato are log, config, process, history, doctor, events, remote; see kato --help\n");
        assertThat(cluster.kato("log", "drain").err()).isEqualTo("""
                        ERROR: Missing required subcommand
                        The commands of kato log drain are add, delete, list, status, test; see kato log drain --help
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log",
                "log drain",
                "log drain add mine",
                "log drain list --yaml --json",
                "log drain list extra",
                "log drain delete",
                "log stream",
                "log tail --nonsense",
                "log tail --node 10.0.0.5 --local",
                "log tail --severity DEBUG",
                "remote --listen 0.0.0.0:8891",
                "remote extra",
                "config",
                "config get --yaml --json",
                "config get a b c",
                "config set systail",
                "config set --flat systail x y",
                "config del systail",
                "config push",
                "config pop systail a b",
                "config import",
                "config confirm now",
                "events",
                "events test dea",
                "events test dea a b"
            })
    void saysWhatWasMistypedAndExitsWith2(String command) {
        var result = cluster.kato(command.split(" "));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("ERROR: ");
    }

    @Test
    void saysWhatIsWrongWithTheSettings() {
        var result = cluster.kato("--set", "zk.conect=h:1", "log", "drain", "list");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("ERROR: unknown setting \"zk.conect\" in --set; did you mean zk.connect?\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log drain list",
                "log drain status",
                "log drain add -f json mine tcp://h:1",
                "log drain delete mine",
                "log stream event",
                "log tail",
                "log tail dea",
                "config get",
                "config get systail",
                "config set systail max_record_size 5",
                "config del systail log_files/dea",
                "config push cluster x y",
                "config pop cluster x",
                "config import --defaults",
                "config confirm",
                "events test dea text"
            })
    void saysThatTheTreeCannotBeReachedAndWhatToDo(String command) {
        cluster.tree.disconnect();

        var result = cluster.kato(command.split(" "));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo(
                        "ERROR: The tree in memory is disconnected. Does ZooKeeper run there? If it is elsewhere, set"
                                + " zk.connect in /etc/logyard/logyard.properties, or in the file that --conf or $LOGYARD_CONF names\n");
    }

    @Test
    void takesOptionsBeforeAndAfterWhatTheyAreAbout() {
        cluster.kato("log", "drain", "add", "-f", "json", "one", "tcp://h:1", "limit=2", "-p", "event");
        cluster.kato("log", "drain", "add", "two", "--prefix", "event", "tcp://h:1", "limit=2", "--format", "json");

        assertThat(List.of(cluster.drain("one"), cluster.drain("two")))
                .containsOnly("tcp://h:1?filter=event&format=json&limit=2");
    }
}
