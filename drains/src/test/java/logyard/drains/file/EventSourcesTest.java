package logyard.drains.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import logyard.core.drain.DeniedTargets;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.InvalidDrainException;
import logyard.core.drain.Steps;
import logyard.drains.Batches;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A drain that wrote into a log that events are read from would feed itself. */
class EventSourcesTest {
    private final FileDrainType type = new FileDrainType();

    @TempDir
    Path folder;

    private Path source;

    @BeforeEach
    void writeALog() throws IOException {
        folder = folder.toRealPath();
        source = Files.writeString(folder.resolve("dea.log"), "a line\n");
    }

    private DrainEnvironment environment() {
        return new DrainEnvironment(
                List.of(folder),
                () -> Set.of(source),
                () -> "",
                Path.of("/nowhere"),
                DeniedTargets.NONE,
                DeniedTargets.NONE,
                Steps.UNSEEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dea.log", "dea.log.1", "dea.log?overwrite=1", "x/../dea.log"})
    void areRefusedByName(String file) {
        assertThatThrownBy(() -> type.check(Batches.spec("file://" + folder + "/" + file), environment()))
                .isInstanceOf(InvalidDrainException.class)
                .hasMessageContaining("events are read from " + source)
                .hasMessageContaining("name another file");
    }

    @Test
    void areRefusedByAnyOtherNameTheyHave() throws IOException {
        Path other = Files.createLink(folder.resolve("other.log"), source);
        var spec = Batches.spec("file://" + other + "?overwrite=1");

        type.check(spec, environment());

        assertThatThrownBy(() -> type.checkHere(spec, environment())).isInstanceOf(InvalidDrainException.class);
        assertThatThrownBy(() -> type.open(spec, environment()).join()).hasMessageContaining("events are read from");
        assertThat(source).hasContent("a line");
    }

    /** Before there is anything at the source. */
    @Test
    void areRefusedThroughALinkedFolder() throws IOException {
        Files.delete(source);
        Files.createSymbolicLink(folder.resolve("same"), folder);

        for (String name : List.of("dea.log", "dea.log.1")) {
            var spec = Batches.spec("file://" + folder + "/same/" + name);
            assertThatThrownBy(() -> type.open(spec, environment()).join())
                    .hasMessageContaining("events are read from");
            assertThat(folder.resolve(name)).doesNotExist();
        }
    }

    @Test
    void areRefusedWhereTheyAreLinksToWhatIsNotThereYet() throws IOException {
        Files.delete(source);
        Files.createSymbolicLink(source, folder.resolve("real.log"));
        var spec = Batches.spec("file://" + folder + "/real.log");

        assertThatThrownBy(() -> type.open(spec, environment()).join()).hasMessageContaining("events are read from");

        assertThat(folder.resolve("real.log")).doesNotExist();
    }

    @Test
    void doNotStandInTheWayOfOthers() {
        type.check(Batches.spec("file://" + folder + "/dea.logs"), environment());
        type.check(Batches.spec("file://" + folder + "/all.log"), environment());
    }
}
