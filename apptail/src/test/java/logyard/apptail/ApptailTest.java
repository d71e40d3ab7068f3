package logyard.apptail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.core.LogyardCore;
import logyard.core.daemon.NodeFolder;
import logyard.core.daemon.Settings;
import logyard.core.drain.DrainTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApptailTest {
    private static final ConfigPath PROCESSES = ConfigPath.RUNNING.child("10.0.0.5");

    @TempDir
    Path folder;

    private final InMemoryConfigTree tree = InMemoryConfigTree.seeded();
    private NodeFolder node;
    private Settings settings;

    @BeforeEach
    void setUp() throws IOException {
        node = new NodeFolder(folder);
        settings = node.settings();
    }

    @AfterEach
    void cleanUp() throws IOException {
        node.close();
    }

    @Test
    void isListedForAsLongAsItRuns() {
        try (var apptail = Apptail.start(settings, tree)) {
            assertThat(apptail).isNotNull();
            assertThat(tree.children(PROCESSES)).containsOnlyKeys("apptail");
            assertThat(tree.children(PROCESSES).get("apptail").path("pid").asLong())
                    .isEqualTo(ProcessHandle.current().pid());
            assertThat(tree.children(PROCESSES).get("apptail").path("state").asText())
                    .isEqualTo("RUNNING");
            assertThat(tree.children(PROCESSES)
                            .get("apptail")
                            .path("problems")
                            .path(0)
                            .asText())
                    .isEqualTo("this version of apptail cannot follow any yet");
        }

        assertThat(tree.children(PROCESSES)).isEmpty();
    }

    @Test
    void runsBesideACore() throws IOException {
        try (var core = LogyardCore.start(settings, tree, new DrainTypes(List.of()));
                var apptail = Apptail.start(settings, tree)) {
            assertThat(List.of(core, apptail)).doesNotContainNull();
            assertThat(tree.children(PROCESSES)).containsOnlyKeys("apptail", "logyard");
        }
    }

    @Test
    void startsWithSettingsThatCannotBeUsed() {
        tree.set(ConfigPath.APPTAIL.child("max_record_size"), IntNode.valueOf(-1));

        try (var apptail = Apptail.start(settings, tree)) {
            assertThat(apptail).isNotNull();
            assertThat(tree.children(PROCESSES)).containsOnlyKeys("apptail");
        }
    }
}
