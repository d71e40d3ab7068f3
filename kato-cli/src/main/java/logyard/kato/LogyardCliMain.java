package logyard.kato;

import java.util.Map;
import java.util.Optional;
import logyard.core.daemon.ClusterTree;
import logyard.core.daemon.Settings;
import logyard.core.drain.DrainTypes;
import logyard.kato.command.Cluster;
import logyard.kato.command.ProcessInterrupts;
import logyard.kato.logyardcli.LogyardCli;
import logyard.kato.output.Console;
import logyard.kato.output.StderrLog;

/** The command line of 2013: {@code logyard-cli}. */
public final class LogyardCliMain {
    private LogyardCliMain() {}

    /** Runs one command. */
    public static void main(String[] arguments) {
        StderrLog.install();
        var interrupts = new ProcessInterrupts();
        int status;
        try (var cluster = new Cluster(
                () -> Settings.load(Optional.empty(), Map.of(), System.getenv()), ClusterTree::forCommand)) {
            status = new LogyardCli(Console.ofProcess(), DrainTypes::installed, interrupts)
                    .runAsTyped(cluster, arguments);
        }
        interrupts.ended(status);
        System.exit(status);
    }
}
