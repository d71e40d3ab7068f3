package logyard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveConfigTest {
    record Settings(
            int maxRecordSize,
            Map<String, String> logFiles,
            @Nullable Integer rateLimit) {
        Settings {
            new Problems()
                    .require(maxRecordSize > 0, "max_record_size must be positive, got " + maxRecordSize)
                    .throwIfAny();
        }
    }

    record Elsewhere(String endpoint) {}

    private static final ConfigPath SIZE = ConfigPath.SYSTAIL.child("max_record_size");
    private static final ConfigPath DEA = ConfigPath.SYSTAIL.child("log_files").child("dea");

    private final InMemoryConfigTree tree = new InMemoryConfigTree();

    @Test
    void holdsTheSettingsOfTheTree() {
        tree.set(SIZE, new IntNode(100));
        tree.set(DEA, new TextNode("/tmp/dea.log"));

        try (LiveConfig<Settings> config = open()) {
            assertThat(config.current()).isEqualTo(new Settings(100, Map.of("dea", "/tmp/dea.log"), null));
        }
    }

    @Test
    void fillsInTheDefaultOfAMissingValueButNeverOfAMap() {
        try (LiveConfig<Settings> config = open()) {
            assertThat(config.current()).isEqualTo(new Settings(4096, Map.of(), null));
        }
    }

    @Test
    void tellsOfChangesButNotOfTheSettingsThereAre() {
        tree.set(SIZE, new IntNode(100));
        try (LiveConfig<Settings> config = open()) {
            List<Settings> heard = new ArrayList<>();
            config.onChange(heard::add);

            tree.set(SIZE, new IntNode(200));

            assertThat(heard).containsExactly(new Settings(200, Map.of(), null));
            assertThat(config.current().maxRecordSize()).isEqualTo(200);
        }
    }

    @Test
    void keepsTheLastValidSettings() {
        tree.set(SIZE, new IntNode(100));
        try (LiveConfig<Settings> config = open()) {
            List<Settings> heard = new ArrayList<>();
            config.onChange(heard::add);

            tree.set(SIZE, new IntNode(-1));
            tree.set(SIZE, new TextNode("many"));
            tree.spoil(SIZE, "is not JSON");

            assertThat(config.current().maxRecordSize()).isEqualTo(100);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void beginsWithThePackagedSettingsIfThoseOfTheTreeAreUnusable() {
        tree.set(SIZE, new TextNode("many"));

        try (LiveConfig<Settings> config = open()) {
            assertThat(config.current().maxRecordSize()).isEqualTo(4096);
            assertThat(config.current().logFiles()).containsEntry("auth", "/var/log/auth.log");
        }
    }

    @Test
    void leavesAsideWhatANewerLogyardMayHaveWritten() {
        tree.set(SIZE, new IntNode(100));
        tree.set(ConfigPath.SYSTAIL.child("color"), new TextNode("blue"));
        tree.spoil(ConfigPath.SYSTAIL.child("sound"), "is not JSON");

        try (LiveConfig<Settings> config = open()) {
            assertThat(config.current().maxRecordSize()).isEqualTo(100);
        }
    }

    @Test
    void takesAnOptionalSettingOnlyFromTheTree() {
        tree.set(ConfigPath.SYSTAIL.child("rate_limit"), new IntNode(400));

        try (LiveConfig<Settings> config = open()) {
            assertThat(config.current().rateLimit()).isEqualTo(400);
        }
    }

    @Test
    void refusesToBeginWithNothing() {
        assertThatThrownBy(() -> LiveConfig.open(tree, ConfigPath.CLUSTER, Elsewhere.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("endpoint is missing");
    }

    @Test
    void hearsNothingOnceClosed() {
        tree.set(SIZE, new IntNode(100));
        LiveConfig<Settings> config = open();

        config.close();
        tree.set(SIZE, new IntNode(200));

        assertThat(config.current().maxRecordSize()).isEqualTo(100);
    }

    private LiveConfig<Settings> open() {
        return LiveConfig.open(tree, ConfigPath.SYSTAIL, Settings.class);
    }
}
