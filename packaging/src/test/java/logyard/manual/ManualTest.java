package logyard.manual;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import logyard.core.daemon.Setting;
import logyard.kato.KatoSyntax;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ManualTest {
    private static final Path DOCUMENT = Path.of("../docs/kato.md");

    @TempDir
    Path folder;

    private final Map<String, String> files = new Manual("2026-11-22", "1.0.0").files();

    @BeforeEach
    void write() throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private static boolean isInstalled(String command) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
    }

    private record Output(int status, String out, String err) {}

    private Output run(String... command) throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        var builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "MANWIDTH", "100", "MANPAGER", "cat"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Output(process.waitFor(), out, Files.readString(err));
    }

    private static List<CommandLine> all(CommandLine command) {
        List<CommandLine> commands = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(below -> commands.addAll(all(below)));
        return commands;
    }

    @Test
    void theDocumentIsWhatTheCommandsSay() throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .as(
                        "docs/kato.md; make it anew by ./mvnw -DskipTests package && cp packaging/target/manual/kato.md docs/")
                .isEqualTo(Manual.document());
    }

    @Test
    void eachCommandHasAPageWithAllItsOptions() {
        for (CommandLine command : all(KatoSyntax.commands())) {
            String name = command.getCommandSpec().qualifiedName("-");
            String page = files.get("man/man1/" + name + ".1");

            assertThat(page).as("page of %s", name).isNotNull();
            command.getCommandSpec()
                    .options()
                    .forEach(option -> assertThat(page.replace("\\-", "-"))
                            .as("options of %s", name)
                            .contains(option.longestName()));
        }
    }

    @Test
    void eachSettingIsDescribed() {
        for (Setting setting : Setting.values()) {
            assertThat(files.get("man/man5/logyard.properties.5"))
                    .contains(setting.key() + "=")
                    .contains(setting.variable());
        }
    }

    @Test
    void manRendersEveryPageWithoutAWarning() throws Exception {
        assumeTrue(isInstalled("man") && isInstalled("groff"), "man-db and groff are installed");
        for (String file : files.keySet()) {
            if (file.startsWith("man/")) {
                Output page =
                        run("man", "--warnings", "-l", folder.resolve(file).toString());

                assertThat(page.err()).as(file).isEmpty();
                assertThat(page.status()).as(file).isZero();
                assertThat(page.out()).as(file).contains("DESCRIPTION");
            }
        }
    }

    @Test
    void mandocFindsNothingWrong() throws Exception {
        assumeTrue(isInstalled("mandoc"), "mandoc is installed");
        for (String file : files.keySet()) {
            if (file.startsWith("man/")) {
                Output lint = run(
                        "mandoc",
                        "-T",
                        "lint",
                        "-W",
                        "warning",
                        folder.resolve(file).toString());

                assertThat(lint.out() + lint.err()).as(file).isEmpty();
            }
        }
    }

    @Test
    void aPageShowsWhatIsToBeTypedAsItIs() throws Exception {
        assumeTrue(isInstalled("man") && isInstalled("groff"), "man-db and groff are installed");
        String page = run(
                        "man",
                        "-l",
                        folder.resolve("man/man1/kato-log-drain-add.1").toString())
                .out();

        assertThat(page)
                .contains("-f, --format=FORMAT")
                .contains("such as '{{.text}}'")
                .contains("\n           kato log drain add -p systail.kato mine udp://logs.example.com:514\n");
    }

    @ParameterizedTest
    @CsvSource({
        "kato lo, log",
        "kato log drain a, add",
        "kato log drain add --for, --force --format",
        "kato config ge, get",
    })
    void bashCompletes(String typed, String expected) throws Exception {
        Output completed = run(
                "bash",
                "-c",
                // The builtin works only while a Tab is answered; the others work as ever.
                "compopt() { :; }\n. " + folder.resolve("completion/kato.bash") + "\nCOMP_WORDS=(" + typed + ")\n"
                        + "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_complete_kato\necho ${COMPREPLY[@]}");

        assertThat(completed.err()).isEmpty();
        assertThat(completed.out().strip().split(" ")).containsExactlyInAnyOrder(expected.split(" "));
    }

    @Test
    void zshLoadsTheCompletion() throws Exception {
        assumeTrue(isInstalled("zsh"), "zsh is installed");
        Output loaded = run(
                "zsh",
                "-fc",
                "fpath=(" + folder.resolve("completion") + " $fpath)\nautoload -Uz compinit && compinit -u -d "
                        + folder.resolve("dump") + "\necho ${_comps[kato]}; zsh -n "
                        + folder.resolve("completion/_kato"));

        assertThat(loaded.err()).isEmpty();
        assertThat(loaded.out().strip()).isEqualTo("_kato");
    }
}
