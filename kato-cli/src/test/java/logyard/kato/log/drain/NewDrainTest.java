package logyard.kato.log.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import logyard.core.drain.InvalidDrainException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NewDrainTest {
    private static final Map<String, String> FORMATS = Map.of("systail", "{{.text}}", "event", "{{.desc}}");

    static Stream<Arguments> defaults() {
        return Stream.of(
                // nothing is given: the system logs, in their format
                arguments("udp://h:1", List.of(), Map.of(), "udp://h:1?filter=systail&format=systail"),
                // the example of the manual
                arguments(
                        "udp://logs.papertrailapp.com:12345",
                        List.of("systail.kato"),
                        Map.of(),
                        "udp://logs.papertrailapp.com:12345?filter=systail.kato&format=systail"),
                arguments(
                        "udp://h:1",
                        List.of("event.x", "event"),
                        Map.of(),
                        "udp://h:1?filter=event.x&filter=event&format=event"),
                // no format of that name
                arguments("udp://h:1", List.of("apptail.7"), Map.of(), "udp://h:1?filter=apptail.7"),
                // several streams, or all
                arguments("udp://h:1", List.of("systail", "event"), Map.of(), "udp://h:1?filter=systail&filter=event"),
                arguments("udp://h:1", List.of(""), Map.of(), "udp://h:1?filter="),
                arguments("udp://h:1", List.of("sys"), Map.of(), "udp://h:1?filter=sys"),
                // what is given is kept
                arguments(
                        "udp://h:1",
                        List.of(),
                        Map.of("format", "{{.a}} b"),
                        "udp://h:1?filter=systail&format=%7B%7B.a%7D%7D+b"),
                arguments("udp://h:1/?filter=event", List.of(), Map.of(), "udp://h:1/?filter=event&format=event"),
                arguments(
                        "udp://h:1/?filter=event",
                        List.of("systail"),
                        Map.of(),
                        "udp://h:1/?filter=event&filter=systail"),
                arguments("udp://h:1/?format=json", List.of(), Map.of(), "udp://h:1/?format=json&filter=systail"));
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void fillsInWhatIsNotGiven(String base, List<String> prefixes, Map<String, String> params, String expected) {
        assertThat(new NewDrain(base, prefixes, params).uri(FORMATS)).isEqualTo(expected);
    }

    @Test
    void refusesTwoValuesOfWhichOneWouldBeIgnored() {
        assertThatThrownBy(() ->
                        new NewDrain("udp://me:secret@h:1/?limit=1", List.of(), Map.of("limit", "2")).uri(FORMATS))
                .isInstanceOf(InvalidDrainException.class)
                .hasMessage("limit is given twice: in udp://***@h:1/?limit=1 and beside it");
    }

    @Test
    void refusesAnEmptyPrefixAmongOthers() {
        assertThatThrownBy(() -> new NewDrain("udp://h:1", List.of("systail", "", "event"), Map.of()).uri(FORMATS))
                .isInstanceOf(InvalidDrainException.class)
                .hasMessageEndingWith("systail,,event");
    }
}
