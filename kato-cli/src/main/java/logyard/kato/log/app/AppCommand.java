package logyard.kato.log.app;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import logyard.config.ConfigUnavailableException;
import logyard.config.Suggestion;
import logyard.core.drain.AppDrains;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;
import logyard.kato.command.Interrupts;
import logyard.kato.command.ReadsOnly;
import logyard.kato.log.app.KeptLog.Kept;
import logyard.kato.log.line.LineRenderer;
import logyard.kato.log.line.LineView;
import logyard.kato.log.stream.AllNodes;
import logyard.kato.log.stream.Beginning;
import logyard.kato.log.stream.LinePrinter;
import logyard.kato.log.stream.LiveStream;
import logyard.kato.output.Console;
import logyard.kato.redis.ListUnavailableException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code kato log app}. */
@Command(
        name = "app",
        description = "Show what an application logged last, on all nodes, and with --follow what it logs from now on.",
        footer = {
            "",
            "The drain builtin.apptail keeps the last lines of each application in Redis, 400 if nothing else is set. If it"
                    + " cannot be read, this says so, and with --follow shows what comes from now on.",
            "",
            "In a GLOB, * is any text, ? any character, [a-z] one of those; a backslash takes what is behind it literally. It"
                    + " must fit the whole: --text error finds only lines that are that word.",
            "",
            "The exit status of --follow after Ctrl-C is 1.",
            "",
            "Examples:",
            "  kato log app 8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d",
            "  kato log app 8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d --follow --filename stderr --text '*error*'",
            "  kato log app 8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d --num 400 --instance 0 --json"
        })
public final class AppCommand implements Callable<Integer>, ReadsOnly {
    /** What Redis is given to have what the nodes had when the stream began. */
    private static final Duration SETTLING = Duration.ofMillis(500);

    private static final Duration LONGEST_LAG = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final Console console;
    private final Interrupts interrupts;

    @Spec
    private CommandSpec spec;

    @Mixin
    private AppFilter filter;

    @Option(
            names = "--num",
            paramLabel = "N",
            defaultValue = "100",
            description = "Of the lines that were logged before now, show so many of the newest (default: 100).")
    private int num;

    @Option(names = "--follow", description = "Go on with what is logged from now on, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--json", description = "Show each line as it is kept, as JSON.")
    private boolean json;

    @Option(
            names = "--no-color",
            description = "Show no colours. There are none if NO_COLOR is set or this is no terminal.")
    private boolean noColor;

    @Parameters(
            arity = "0..1",
            paramLabel = "GUID",
            converter = Guid.class,
            description = "Which application: its GUID, or the number that it had in 2013.")
    private @Nullable String guid;

    public AppCommand(Cluster cluster, Console console, Interrupts interrupts) {
        this.cluster = cluster;
        this.console = console;
        this.interrupts = interrupts;
    }

    @Override
    public Integer call() {
        String app = requireApp();
        if (num < 0) {
            throw new ParameterException(spec.commandLine(), "--num must be 0 or more, got " + num);
        }
        return follow ? follow(app) : show(app);
    }

    private String requireApp() {
        if (guid == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'GUID'");
        }
        if (Suggestion.nearest(guid, spec.subcommands().keySet()).isPresent()) {
            throw new UnmatchedArgumentException(spec.commandLine(), List.of(guid)); // a command that was mistyped
        }
        return guid;
    }

    private int show(String app) {
        AppStream stream = stream(app, () -> {});
        try (var log = new KeptLog(cluster, app)) {
            Kept kept = log.read();
            warnOf(kept, log.limit(), stream.join(kept.lines(), num), app);
        } catch (ListUnavailableException e) {
            throw new CommandFailedException(e.getMessage() + "; --follow shows what comes from now on");
        }
        return ExitCode.OK;
    }

    private int follow(String app) {
        return new LiveStream(cluster, console, interrupts)
                .follow(
                        List.of(AppDrains.filter(app)),
                        Beginning.NOW,
                        Optional.empty(),
                        closed -> stream(app, closed),
                        (stream, nodes) -> join(app, stream, nodes));
    }

    private AppStream stream(String app, Runnable closed) {
        Console shown = noColor ? console.withoutColors() : console;
        var renderer = new LineRenderer(LineView.ofOneApp(json), shown.colors());
        return new AppStream(app, filter, new LinePrinter(shown, renderer, Optional.empty(), closed));
    }

    /** Shows what was kept before what comes live, once every node sends, so that nothing is missing between them. */
    private void join(String app, AppStream stream, AllNodes nodes) {
        if (num == 0) {
            stream.join(List.of(), 0);
            return;
        }
        nodes.await();
        try (var log = new KeptLog(cluster, app)) {
            Kept kept = readAll(log, stream, nodes);
            if (!nodes.isOver()) {
                warnOf(kept, log.limit(), stream.join(kept.lines(), num), app);
            }
        } catch (ListUnavailableException | ConfigUnavailableException e) {
            console.warn(e.getMessage() + "; this is what comes from now on");
            stream.join(List.of(), 0);
        }
    }

    /** What is kept, once it has what the nodes had when the stream began; warns if that takes too long. */
    private Kept readAll(KeptLog log, AppStream stream, AllNodes nodes) {
        log.read(); // at once, to fail at once
        nodes.await(() -> false, SETTLING);
        var progress = new ListProgress(cluster.tree());
        nodes.await(progress::isComplete, LONGEST_LAG);
        progress.complaints().forEach(console::warn);
        nodes.await(() -> stream.notIn(log.read().lines()).isEmpty(), LONGEST_LAG);
        stream.notIn(log.last().lines())
                .forEach(node ->
                        console.warn(node + ": what was logged there shortly before now may be missing, the drain "
                                + KeptLog.DRAIN + " has not kept it"));
        return log.last();
    }

    private void warnOf(Kept kept, int limit, int wanted, String app) {
        if (kept.others() > 0) {
            console.warn("left out " + kept.others() + " elements of the list that are no lines of applications");
        }
        if (kept.lines().isEmpty()) {
            console.warn("no line is kept of an application " + app + ": is that its GUID?");
        } else if (wanted == 0) {
            console.warn("none of the " + kept.lines().size() + " lines that are kept is such a one");
        } else if (num > limit) {
            console.warn("no more than " + limit + " lines of an application are kept, by the drain " + KeptLog.DRAIN);
        }
    }
}
