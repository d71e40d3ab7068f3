package logyard.kato.config;

import java.util.concurrent.Callable;
import logyard.config.ConfigPath;
import logyard.kato.command.Cluster;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code kato config confirm}. */
@Command(
        name = "confirm",
        description = "Tell every node that the configuration in ZooKeeper is the right one.",
        footer = {
            "",
            "A node that suddenly finds it gone, emptied, made anew or older than it was goes on with what it remembers,"
                    + " and says so in its log, until it is confirmed. Look first: kato config get",
            "",
            "Example: kato config confirm"
        })
public final class ConfigConfirmCommand implements Callable<Integer> {
    private final Cluster cluster;
    private final Console console;

    public ConfigConfirmCommand(Cluster cluster, Console console) {
        this.cluster = cluster;
        this.console = console;
    }

    @Override
    public Integer call() {
        cluster.tree().confirm();
        int drains = cluster.tree().names(ConfigPath.DRAINS).size();
        console.out()
                .println("Confirmed the configuration as it stands, with " + drains
                        + (drains == 1 ? " drain" : " drains"));
        return ExitCode.OK;
    }
}
