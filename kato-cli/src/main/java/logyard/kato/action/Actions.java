package logyard.kato.action;

import java.io.IOException;
import logyard.config.ConfigException;
import logyard.core.daemon.Setting;
import logyard.kato.command.Cluster;
import logyard.kato.output.Console;

/** What is done with kato on this node, to be told in its log. */
public final class Actions {
    private final Cluster cluster;
    private final Console console;

    public Actions(Cluster cluster, Console console) {
        this.cluster = cluster;
        this.console = console;
    }

    /** Tells of an action; warns if that is not possible, which is no reason to fail for what was done. */
    public void remember(Action action) {
        try {
            new ActionLog(cluster.settings().path(Setting.LOGS_DIR)).append(action);
        } catch (IOException e) {
            console.warn("this is missing in the history, as kato.log cannot be written: " + e);
        } catch (ConfigException e) {
            // The settings cannot be read, which the command itself has told.
        }
    }
}
