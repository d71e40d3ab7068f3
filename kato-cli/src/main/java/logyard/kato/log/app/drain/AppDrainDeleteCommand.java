package logyard.kato.log.app.drain;

import java.util.concurrent.Callable;
import logyard.kato.command.Cluster;
import logyard.kato.log.app.Guid;
import logyard.kato.log.drain.ConfiguredDrains;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code kato log app drain delete}. */
@Command(
        name = "delete",
        description = "Delete a drain of an application: no node sends to it any more.",
        footer = {"", "Example: kato log app drain delete 8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d mine"})
public final class AppDrainDeleteCommand implements Callable<Integer> {
    private final ConfiguredDrains drains;
    private final Cluster cluster;
    private final Console console;

    @Parameters(index = "0", paramLabel = "GUID", converter = Guid.class, description = "Which application.")
    private String guid = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The name of the drain, as it is listed.")
    private String name = "";

    public AppDrainDeleteCommand(ConfiguredDrains drains, Cluster cluster, Console console) {
        this.drains = drains;
        this.cluster = cluster;
        this.console = console;
    }

    @Override
    public Integer call() {
        var own = new OwnDrains(drains, cluster, guid);
        own.delete(name);
        console.out().println("Deleted drain " + own.fullName(name));
        return ExitCode.OK;
    }
}
