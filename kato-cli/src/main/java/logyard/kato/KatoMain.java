package logyard.kato;

import logyard.core.daemon.ClusterTree;
import logyard.core.daemon.NameLookups;
import logyard.core.drain.DrainTypes;
import logyard.kato.command.LateTrust;
import logyard.kato.command.ProcessInterrupts;
import logyard.kato.output.Console;
import logyard.kato.output.StderrLog;

/** The command line of operators: {@code kato}. */
public final class KatoMain {
    private KatoMain() {}

    /** Runs one command. */
    public static void main(String[] arguments) {
        NameLookups.uncached();
        StderrLog.install();
        LateTrust.install();
        var interrupts = new ProcessInterrupts();
        int status = new Kato(
                        Console.ofProcess(), System.in, ClusterTree::forCommand, DrainTypes::installed, interrupts)
                .run(arguments);
        interrupts.ended(status);
        System.exit(status);
    }
}
