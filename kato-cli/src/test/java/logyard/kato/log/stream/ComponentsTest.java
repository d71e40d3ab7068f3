package logyard.kato.log.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.kato.TestKato;
import logyard.kato.command.CommandFailedException;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import logyard.kato.output.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentsTest {
    private final StringWriter err = new StringWriter();

    private List<String> prefixes(String... names) {
        var console = new Console(new Output(err), new PrintWriter(err, true), Colors.NONE);
        return Components.read(InMemoryConfigTree.seeded(), console).prefixes(List.of(names));
    }

    @Test
    void meansAProcessButNotOthersThatBeginLikeIt() {
        assertThat(prefixes("dea", "stager", "dea")).containsExactly("systail.dea.", "systail.stager.");
    }

    @Test
    void meansAllProcessesThatARoleIsNamedAfter() {
        assertThat(prefixes("redis"))
                .containsExactly(
                        "systail.redis.", "systail.redis_gateway.", "systail.redis_node.", "systail.redis_server.");
    }

    @Test
    void meansAllProcessesOfARole() {
        assertThat(prefixes("base"))
                .containsExactly(
                        "systail.cloud_events.",
                        "systail.kato.",
                        "systail.logyard.",
                        "systail.supervisord.",
                        "systail.systail.");
    }

    @Test
    void meansAllRolesOfAGroup() {
        assertThat(prefixes("data-services"))
                .contains("systail.mysql.", "systail.mysql_node.", "systail.rabbit_gateway.", "systail.redis_server.")
                .doesNotContain("systail.dea.");
    }

    @Test
    void triesANameThatNobodyKnowsButSaysSo() {
        assertThat(prefixes("daemon")).containsExactly("systail.daemon.");
        assertThat(err.toString()).startsWith("WARN: systail reads no log called daemon; ");
    }

    @Test
    void namesItsRolesAndGroupsInTheHelp() {
        assertThat(new TestKato().kato("log", "tail", "--help").output().replaceAll("\\s+", ""))
                .contains(Components.MEMBERS.keySet());
    }

    @Test
    void suggestsWhatWasMeant() {
        prefixes("loygard");

        assertThat(err.toString()).startsWith("WARN: systail reads no log called loygard; did you mean logyard?; ");
    }

    @Test
    void saysThatANameIsARoleOfWhichItReadsNoLog() throws Exception {
        InMemoryConfigTree tree = InMemoryConfigTree.seeded();
        tree.set(
                ConfigPath.NODES.child("10.0.0.5"),
                new JsonMapper().readTree("{\"roles\":{\"base\":\"RUNNING\",\"welder\":\"RUNNING\"}}"));
        var console = new Console(new Output(err), new PrintWriter(err, true), Colors.NONE);

        assertThat(Components.read(tree, console).prefixes(List.of("welder"))).containsExactly("systail.welder.");
        assertThat(err.toString()).startsWith("WARN: systail reads no log called welder, which is a role; those");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "systail.dea", "é"})
    void refusesWhatIsNoName(String name) {
        assertThatThrownBy(() -> prefixes(name)).isInstanceOf(CommandFailedException.class);
    }
}
