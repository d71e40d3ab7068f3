package logyard.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.config.Defaults;
import logyard.core.daemon.Settings;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.DrainUriBuilder;
import logyard.core.drain.Formats;
import logyard.kato.KatoSyntax;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParseResult;

/** Whatever the documentation has its reader type of kato is a command that kato takes, and each drain one that would be added. */
class DocumentedCommandsTest {
    private static final Map<String, String> PACKAGED_FORMATS =
            Defaults.at(ConfigPath.DRAIN_FORMATS).orElseThrow().values().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, format -> format.getValue().textValue()));

    static Stream<String> commands() throws IOException {
        return DocumentedCommands.all().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isTaken(String typed) {
        List<String> words =
                DocumentedCommands.words(typed.replace("HOST", "127.0.0.1").replace("PORT", "6514"));
        if (!DocumentedCommands.isOnlyNamed(words)) {
            assertThatCode(() -> KatoSyntax.commands().parseArgs(words.toArray(String[]::new)))
                    .as("kato %s", typed)
                    .doesNotThrowAnyException();
        }
        if (typed.startsWith("log drain add ") || typed.startsWith("log drain test ")) {
            assertWouldBeAdded(typed, words);
        }
    }

    private static void assertWouldBeAdded(String typed, List<String> words) {
        List<String> uris = words.stream().filter(word -> word.contains("://")).toList();
        if (uris.isEmpty()) {
            return; // of a drain that is there
        }
        assertThat(uris).as(typed).hasSize(1);
        ParseResult parsed = KatoSyntax.commands().parseArgs(words.toArray(String[]::new));
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        Map<String, String> parameters = new TreeMap<>();
        for (int i = words.indexOf(uris.get(0)) + 1; i < words.size(); i++) {
            String[] parameter = words.get(i).split("=", 2);
            if (parameter.length == 2) {
                parameters.put(parameter[0], parameter[1]);
            }
        }
        List<String> filters = parsed.hasMatchedOption("-p") ? parsed.matchedOptionValue("-p", List.of()) : List.of();
        if (parsed.hasMatchedOption("-f")) {
            String format = parsed.matchedOptionValue("-f", "");
            assertThat(format)
                    .as("%s: a word alone is the name of a format", typed)
                    .matches(known -> !known.matches("[\\w-]+")
                            || Formats.BUILT_IN.contains(known)
                            || PACKAGED_FORMATS.containsKey(known));
            parameters.put("format", format);
        }
        String uri = DrainUriBuilder.build(uris.get(0), filters, parameters);
        Settings settings = Settings.load(Optional.empty(), Map.of(), Map.of());
        try (DrainTypes types = DrainTypes.installed()) {
            if (uri.startsWith("unix:")) {
                return; // of docs/developing.md; DrainTypeJarIT
            }
            assertThatCode(() -> types.check(
                            "x", uri, PACKAGED_FORMATS, DrainEnvironment.of(settings, Set::of, () -> "127.0.0.1")))
                    .as(uri)
                    .doesNotThrowAnyException();
        }
    }
}
