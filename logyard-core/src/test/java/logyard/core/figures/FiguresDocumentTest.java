package logyard.core.figures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import logyard.core.router.StreamCount;
import org.junit.jupiter.api.Test;

class FiguresDocumentTest {
    private static final NodeFigures NOTHING = figures(List.of(), List.of());

    private static NodeFigures figures(List<StreamCount> streams, List<DrainFigures> drains) {
        return new NodeFigures(Instant.ofEpochMilli(1_366_305_300_123L), Duration.ofMillis(4321), streams, drains);
    }

    private static DrainFigures drain(String name, String state, long delivered) {
        return new DrainFigures(name, state, Optional.empty(), delivered, 10 * delivered, 0, Duration.ZERO, 0);
    }

    @Test
    void isReadAsItWasWritten() {
        var failing = new DrainFigures(
                "mine", "RETRYING", Optional.of("refused"), 100, 12_345, 19, Duration.ofMillis(61_234), 1);
        NodeFigures figures = figures(
                List.of(new StreamCount("systail.dea", 120, 9000), new StreamCount("caf\u00e9", 1, 8)),
                List.of(failing, drain("other", "RUNNING", 7)));

        var document =
                FiguresDocument.read(FiguresDocument.write(figures, NOTHING)).orElseThrow();

        assertThat(document).isEqualTo(new FiguresDocument(figures, 121, 9008, 0, 0));
    }

    @Test
    void staysSmallAndKeepsWhatMatters() {
        List<StreamCount> streams = new ArrayList<>();
        List<StreamCount> before = new ArrayList<>();
        List<DrainFigures> drains = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String name = "apptail." + "\u2603".repeat(60) + i;
            before.add(new StreamCount(name, 1_000_000 - i, 9));
            streams.add(new StreamCount(name, 1_000_000, 9)); // the last ones were the busiest
            drains.add(drain("appdrain." + "x".repeat(100) + i, i == 3 ? "FATAL" : "RUNNING", i));
        }

        ObjectNode json = FiguresDocument.write(figures(streams, drains), figures(before, List.of()));

        assertThat(json.toString().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(FiguresDocument.MOST_BYTES);
        var document = FiguresDocument.read(json).orElseThrow();
        List<StreamCount> kept = document.figures().streams();
        assertThat(kept).hasSizeGreaterThan(50).hasSize(1000 - document.streamsLeftOut());
        assertThat(kept).containsExactlyElementsOf(reversed(streams).subList(0, kept.size()));
        assertThat(document.events()).isEqualTo(1_000_000_000L);
        List<DrainFigures> keptDrains = document.figures().drains();
        assertThat(keptDrains).hasSizeGreaterThan(50).hasSize(1000 - document.drainsLeftOut());
        assertThat(keptDrains.get(0).state()).isEqualTo("FATAL");
        assertThat(keptDrains.get(1).delivered()).isEqualTo(999);
    }

    private static List<StreamCount> reversed(List<StreamCount> streams) {
        List<StreamCount> reversed = new ArrayList<>(streams);
        Collections.reverse(reversed);
        return reversed;
    }

    @Test
    void cutsLongTexts() {
        var failing = new DrainFigures("mine", "FATAL", Optional.of("e".repeat(5000)), 0, 0, 0, Duration.ZERO, 0);

        var document = FiguresDocument.read(FiguresDocument.write(figures(List.of(), List.of(failing)), NOTHING))
                .orElseThrow();

        assertThat(document.figures().drains().get(0).error().orElseThrow())
                .hasSize(200)
                .endsWith("e\u2026");
    }

    @Test
    void isNothingIfAnotherVersionWroteIt() {
        ObjectNode json = FiguresDocument.write(NOTHING, NOTHING);

        assertThat(FiguresDocument.read(json)).isPresent();
        assertThat(FiguresDocument.read(json.put("version", 2))).isEmpty();
        assertThat(FiguresDocument.read(json.textNode("hello"))).isEmpty();
        assertThat(FiguresDocument.read(json.put("version", 1).put("started", Long.MAX_VALUE)))
                .isPresent();
    }
}
