package logyard.kato;

import logyard.core.daemon.ClusterTree;
import logyard.core.drain.DrainTypes;
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
        int status = new LogyardCli(Console.ofProcess(), ClusterTree::forCommand, DrainTypes::installed, interrupts)
                .run(arguments);
        interrupts.ended(status);
        System.exit(status);
    }
}
