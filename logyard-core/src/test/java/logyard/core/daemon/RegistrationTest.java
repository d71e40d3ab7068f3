package logyard.core.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    private final InMemoryConfigTree tree = new InMemoryConfigTree();
    private final ManualTime time = new ManualTime();

    private JsonNode shown() {
        return tree.children(ConfigPath.RUNNING.child("10.0.0.5")).get("systail");
    }

    private Registration register() {
        return new Registration(tree, "10.0.0.5", "systail", time.clock());
    }

    @Test
    void isStartingUntilItIsReady() {
        Registration registration = register();

        long began = time.clock().instant().getEpochSecond();
        assertThat(shown().path("state").asText()).isEqualTo("STARTING");
        assertThat(shown().path("since").asLong()).isEqualTo(began);
        assertThat(shown().path("pid").asLong())
                .isEqualTo(ProcessHandle.current().pid());

        time.advance(Duration.ofSeconds(7));
        registration.ready();

        assertThat(shown().path("state").asText()).isEqualTo("RUNNING");
        assertThat(shown().path("since").asLong()).isEqualTo(began + 7);
    }

    @Test
    void staysReadySinceTheFirstTime() {
        Registration registration = register();
        registration.ready();
        JsonNode first = shown();

        time.advance(Duration.ofSeconds(7));
        registration.ready();

        assertThat(shown()).isEqualTo(first);
    }

    @Test
    void showsProblemsWhateverItsState() {
        Registration registration = register();

        registration.showProblems(List.of("one", "two"));
        registration.ready();

        assertThat(shown().path("state").asText()).isEqualTo("RUNNING");
        assertThat(shown().path("problem_count").asInt()).isEqualTo(2);

        registration.showProblems(List.of());

        assertThat(shown().has("problems")).isFalse();
        assertThat(shown().path("state").asText()).isEqualTo("RUNNING");
    }

    @Test
    void isGoneForGoodWhenItIsClosed() {
        Registration registration = register();
        registration.ready();

        registration.close();
        registration.ready();
        registration.showProblems(List.of("late"));
        registration.close();

        assertThat(tree.names(ConfigPath.RUNNING)).isEmpty();
    }
}
