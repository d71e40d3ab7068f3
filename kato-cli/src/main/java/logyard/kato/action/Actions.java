package logyard.kato.action;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import logyard.config.ConfigException;
import logyard.core.daemon.Setting;
import logyard.kato.command.Cluster;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParseResult;

/** What is done with kato on this node, to be told in its log. */
public final class Actions {
    private final Cluster cluster;
    private final Console console;

    public Actions(Cluster cluster, Console console) {
        this.cluster = cluster;
        this.console = console;
    }

    /**
     * Whether something was to be changed, be it in vain; what was mistyped is nothing.
     *
     * @param parsed what was typed; null if that could not be made out
     * @param status what came of it
     */
    public static boolean isAction(@Nullable ParseResult parsed, int status) {
        if (parsed == null || status == ExitCode.USAGE) {
            return false;
        }
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            if (last.isUsageHelpRequested() || last.isVersionHelpRequested()) {
                return false;
            }
            last = last.subcommand();
        }
        boolean isHelp = last.isUsageHelpRequested() || last.isVersionHelpRequested();
        return !isHelp && !(last.commandSpec().userObject() instanceof ReadsOnly reader && reader.changesNothing());
    }

    /** Tells of an action; warns if that is not possible, which is no reason to fail for what was done. */
    public void remember(Action action) {
        try {
            Path folder = cluster.settings().path(Setting.LOGS_DIR);
            if (Files.isDirectory(folder)) {
                new ActionLog(folder).append(action);
            } else {
                console.warn("this is missing in the history, as there is no folder " + folder + " for kato.log; see "
                        + Setting.LOGS_DIR.key());
            }
        } catch (IOException e) {
            console.warn("this is missing in the history, as kato.log cannot be written: " + e);
        } catch (ConfigException e) {
            // The settings cannot be read, which the command itself has told.
        }
    }
}
