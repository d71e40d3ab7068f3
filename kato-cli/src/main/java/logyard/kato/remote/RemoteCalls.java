package logyard.kato.remote;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import logyard.kato.action.Action;
import logyard.kato.action.Actions;
import logyard.kato.command.Cluster;
import logyard.kato.logyardcli.LogyardCli;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import logyard.kato.output.Output;
import picocli.CommandLine.ExitCode;

/**
 * Does what programs ask for: each call is a {@code logyard-cli} of its own, on one and the same tree. Any thread; one call
 * is done at a time.
 */
final class RemoteCalls {
    /** For the calls before; each waits for ZooKeeper for 10 s at most. */
    private static final long PATIENCE_SECONDS = 15;

    private static final String FAILURE = "command error: ";

    private final Cluster cluster;
    private final Commands commands;
    private final Actions actions;
    private final Set<String> allowed;
    private final ReentrantLock turn = new ReentrantLock(true);

    /** The command line that calls are made of. */
    interface Commands {
        LogyardCli on(Console console);
    }

    /**
     * Calls on a cluster.
     *
     * @param actions is told what was changed
     * @param allowed the subcommands there are
     */
    RemoteCalls(Cluster cluster, Commands commands, Actions actions, Set<String> allowed) {
        this.cluster = cluster;
        this.commands = commands;
        this.actions = actions;
        this.allowed = allowed;
    }

    /** Does what a request's body asks for. */
    Answer answer(byte[] body) {
        RemoteCall call;
        try {
            call = RemoteCall.read(body, allowed);
        } catch (RemoteCall.RefusedException e) {
            return Answer.error(Answer.BAD_REQUEST, e.reason());
        }
        try {
            if (!turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return Answer.error(
                        Answer.UNAVAILABLE, "other calls are not done yet after " + PATIENCE_SECONDS + " s; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.error(Answer.UNAVAILABLE, "kato remote is ending");
        }
        try {
            return run(call);
        } finally {
            turn.unlock();
        }
    }

    private Answer run(RemoteCall call) {
        List<String> arguments = new ArrayList<>(List.of(call.subcommand(), "-json"));
        arguments.addAll(call.arguments());
        var out = new StringWriter();
        var err = new StringWriter();
        int status = commands.on(new Console(new Output(out), new PrintWriter(err, true), Colors.NONE))
                .run(cluster, arguments.toArray(String[]::new));
        if (status == ExitCode.USAGE) {
            return Answer.error(Answer.BAD_REQUEST, reason(err.toString()));
        }
        if (call.isChange()) {
            List<String> typed = new ArrayList<>(List.of("remote", call.subcommand()));
            typed.addAll(call.arguments());
            actions.remember(new Action("kato", typed, status == ExitCode.OK));
        }
        return status == ExitCode.OK
                ? new Answer(Answer.OK, out.toString().strip())
                : Answer.error(Answer.FAILED, reason(err.toString()));
    }

    /** What was said, without the flags that there are. */
    private static String reason(String err) {
        return err.lines()
                .filter(line -> line.startsWith(FAILURE))
                .map(line -> line.substring(FAILURE.length()))
                .findFirst()
                .orElseGet(() -> err.lines().findFirst().orElse("no reason was given"));
    }
}
