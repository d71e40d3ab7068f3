package logyard.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import logyard.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code packaging/proof.sh}: makes runs, and prints what came of them. */
@Command(
        name = "proof.sh",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tries with real daemons and real faults whether a line gets lost, and prints a scorecard."
                + " Exits 0 if every run passed, else 1.")
public final class ProofMain implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "The runs to make; all, if none is named")
    private List<String> names = new ArrayList<>();

    @Option(names = "--short", description = "A few seconds for each run, as in the tests")
    private boolean brief;

    @Option(
            names = "--percent",
            paramLabel = "N",
            description = "Make so much of the long form (default: ${DEFAULT-VALUE})",
            defaultValue = "100")
    private int percent;

    @Option(names = "--list", description = "Tell what each run does and promises, and end")
    private boolean list;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the scorecard as JSON")
    private @Nullable Path json;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the scorecard as Markdown")
    private @Nullable Path markdown;

    @Option(names = "--seed", paramLabel = "N", description = "Decides when faults happen (default: by chance)")
    private @Nullable Long seed;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Where the runs have their files; those of failed runs stay (default: a new folder in /tmp)")
    private @Nullable Path work;

    private ProofMain() {}

    /** Runs until all runs are made. */
    public static void main(String[] args) {
        Runtime.getRuntime().addShutdownHook(new Thread(ProofMain::endAll, "end"));
        System.exit(new CommandLine(new ProofMain()).execute(args));
    }

    /** Leaves no daemon behind, however this ends. */
    private static void endAll() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public Integer call() throws IOException {
        List<Run> runs = wanted();
        if (list) {
            runs.forEach(run ->
                    System.out.printf("%-16s %s%n%-16s promise: %s%n", run.name(), run.what(), "", run.promise()));
            return CommandLine.ExitCode.OK;
        }
        Path folder = work == null ? Files.createTempDirectory("logyard-proof-") : Files.createDirectories(work);
        long chance = seed == null ? System.nanoTime() : seed;
        List<Scorecard> cards = new ArrayList<>();
        Scale scale = brief ? Scale.SHORT : Scale.LONG;
        try (Proof proof = Proof.start(distribution(), folder, scale, percent, chance)) {
            for (Run run : runs) {
                System.err.println(run.name() + ": " + run.what());
                Scorecard card = proof.make(run);
                System.err.println(run.name() + (card.passed() ? ": passed" : ": FAILED: " + card.problems()));
                cards.add(card);
                write(new Scorecards(cards, scale, today(), commit(), chance));
            }
        }
        var all = new Scorecards(cards, scale, today(), commit(), chance);
        System.out.println(all.toMarkdown());
        if (!all.allPassed()) {
            System.err.println("Failed: " + all.failed() + "; their files are in " + folder);
        }
        return all.allPassed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private List<Run> wanted() {
        List<String> all = Proof.RUNS.stream().map(Run::name).toList();
        for (String name : names) {
            if (!all.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(), "There is no run \"" + name + "\"; there are " + String.join(", ", all));
            }
        }
        return Proof.RUNS.stream()
                .filter(run -> names.isEmpty() || names.contains(run.name()))
                .toList();
    }

    /** After each run, so that those before one that hangs are told of. */
    private void write(Scorecards cards) throws IOException {
        if (json != null) {
            Files.writeString(json, cards.toJson());
        }
        if (markdown != null) {
            Files.writeString(markdown, cards.toMarkdown());
        }
    }

    private static Path distribution() {
        String folder = System.getProperty("logyard.distribution");
        if (folder == null) {
            throw new ConfigException("logyard.distribution must name the folder of the distribution: start proof.sh");
        }
        return Path.of(folder);
    }

    private static String today() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }

    /** Of the sources, as proof.sh has found it out. */
    private static String commit() {
        return System.getProperty("logyard.commit", "unknown");
    }
}
