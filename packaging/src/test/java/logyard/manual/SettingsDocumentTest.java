package logyard.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import logyard.core.daemon.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/settings.md");

    @Test
    void theDocumentIsWhatTheCodeAndTheDefaultsSay() throws Exception {
        assertThat(Files.readString(DOCUMENT))
                .as(
                        "docs/settings.md; make it anew by ./mvnw -DskipTests package && cp packaging/target/manual/settings.md"
                                + " docs/")
                .isEqualTo(SettingsDocument.document());
    }

    @ParameterizedTest
    @EnumSource
    void hasEachSettingOfANode(Setting setting) {
        assertThat(SettingsDocument.document())
                .contains("| `" + setting.key() + "` | ", "| `" + setting.variable() + "` |");
    }

    @Test
    void hasEachKeyOfTheDefaultsWithItsComment() {
        assertThat(Stream.of("logyard", "systail", "apptail", "cloud_events")
                        .flatMap(name -> CommentedDefaults.of(name).keys().stream())
                        .toList())
                .hasSizeGreaterThan(10)
                .allSatisfy(key -> {
                    assertThat(key.comment()).as(key.name()).isNotEmpty();
                    assertThat(SettingsDocument.document()).contains("`" + key.name());
                });
    }

    @Test
    void tellsValuesFromMapsAndCommentsOfAKeyFromThoseBelowIt() {
        CommentedDefaults read = CommentedDefaults.read("""
                # About all of it.
                # In two lines.

                # How much.
                most: 5

                # Each by its name.
                logs:
                  # The first.
                  one: "/a"

                  two: ""
                # The last.
                last: x
                """);

        assertThat(read.about()).containsExactly("About all of it.", "In two lines.");
        assertThat(read.keys())
                .containsExactly(
                        new CommentedDefaults.Key("most", List.of("How much."), "5", List.of()),
                        new CommentedDefaults.Key(
                                "logs",
                                List.of("Each by its name."),
                                "",
                                List.of("# The first.", "one: \"/a\"", "", "two: \"\"")),
                        new CommentedDefaults.Key("last", List.of("The last."), "x", List.of()));
    }
}
