package logyard.kato.log.app.drain;

import java.util.concurrent.Callable;
import logyard.kato.command.Cluster;
import logyard.kato.command.ReadsOnly;
import logyard.kato.log.app.Guid;
import logyard.kato.log.drain.ConfiguredDrains;
import logyard.kato.log.drain.DrainList;
import logyard.kato.output.Console;
import logyard.kato.output.DocumentOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kato log app drain list}. */
@Command(
        name = "list",
        description = "List the drains of an application by their names, and where they send.",
        footer = {
            "",
            "How one is on each node shows: kato log drain status appdrain.GUID.NAME",
            "",
            "Example: kato log app drain list 8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d"
        })
public final class AppDrainListCommand implements Callable<Integer>, ReadsOnly {
    private final ConfiguredDrains drains;
    private final Cluster cluster;
    private final Console console;

    @Mixin
    private DocumentOptions document;

    @Parameters(paramLabel = "GUID", converter = Guid.class, description = "Which application.")
    private String guid = "";

    public AppDrainListCommand(ConfiguredDrains drains, Cluster cluster, Console console) {
        this.drains = drains;
        this.cluster = cluster;
        this.console = console;
    }

    @Override
    public Integer call() {
        new DrainList(new OwnDrains(drains, cluster, guid).uris(), false).print(console, document.format());
        return ExitCode.OK;
    }
}
