package logyard.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import logyard.kato.KatoSyntax;
import picocli.CommandLine;

/** Whatever the documentation has its reader type of kato. */
public final class DocumentedCommands {
    private static final Path DOCS = Path.of("../docs");

    /** In the text, or in a line of an example, which may end in what the shell makes of it. */
    private static final Pattern TYPED = Pattern.compile("`kato ([^`\\n]+)`|(?m)^ {4,}(?:[$#] )?kato ([^\\n]*)$");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|[^\\s'\"]+");
    private static final Pattern END_FOR_THE_SHELL = Pattern.compile("\\s+(?:#|\\||&&|<|>|;).*$");

    private DocumentedCommands() {}

    /** All of them, without {@code kato}, in the order of the pages. */
    public static List<String> all() throws IOException {
        Set<String> commands = new LinkedHashSet<>();
        List<Path> pages = new ArrayList<>(List.of(Path.of("../README.md")));
        try (Stream<Path> files = Files.list(DOCS)) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        for (Path page : pages) {
            TYPED.matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group(1) != null ? found.group(1) : found.group(2))
                    .map(typed -> END_FOR_THE_SHELL.matcher(typed).replaceFirst(""))
                    .forEach(commands::add);
        }
        assertThat(commands).hasSizeGreaterThan(50);
        return commands.stream()
                .filter(typed -> !typed.contains("…")
                        && !typed.contains("[-")
                        && !typed.startsWith("COMMAND")
                        && !typed.endsWith(":"))
                .toList();
    }

    /** The words as the shell would hand them on. */
    public static List<String> words(String typed) {
        return WORD.matcher(typed).results().map(DocumentedCommands::word).toList();
    }

    private static String word(MatchResult found) {
        return Stream.of(1, 2)
                .map(found::group)
                .filter(quoted -> quoted != null)
                .findFirst()
                .orElse(found.group());
    }

    /** A command by its name, as in a sentence about it: there must be such a one. */
    public static boolean isOnlyNamed(List<String> words) {
        CommandLine command = KatoSyntax.commands();
        for (String word : words) {
            CommandLine below = command.getSubcommands().get(word);
            if (below == null) {
                return false;
            }
            command = below;
        }
        return true;
    }
}
