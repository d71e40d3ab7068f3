package logyard.kato;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KatoTest {
    private final TestKato cluster = new TestKato();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "log",
                "log drain",
                "log drain add",
                "log drain delete",
                "log drain list",
                "log drain status",
                "log stream",
                "log tail",
                "config",
                "config get",
                "config set",
                "config del",
                "config push",
                "config pop",
                "config import",
                "config confirm",
                "history",
                "events",
                "events test"
            })
    void helpsAtEachLevelWithAnExample(String command) {
        String path = command.isEmpty() ? "kato" : "kato " + command;

        String help = cluster.kato((command + " --help").strip().split(" ")).output();

        assertThat(help).startsWith("Usage: " + path + " ").contains("Example").contains("-h, --help");
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
                .endsWith("\nThe commands of kato are log, config, process, history, events\n");
        assertThat(cluster.kato("log", "drain").err()).isEqualTo("""
                        ERROR: Missing required subcommand
                        The commands of kato log drain are add, delete, list, status, test
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
        assertThat(result.err()).startsWith("ERROR: unknown setting \"zk.conect\" in --set; there are ");
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
