package logyard.kato.log.app.drain;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import logyard.core.drain.AppDrains;
import logyard.core.drain.DrainUri;
import logyard.kato.command.Cluster;
import logyard.kato.log.app.Guid;
import logyard.kato.log.drain.ConfiguredDrains;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kato log app drain add}. */
@Command(
        name = "add",
        description = "Add a drain of an application: every node sends it what the application logs there.",
        footer = {
            "",
            "It is known as appdrain.GUID.NAME. It gets the named format apptail, unless --json is given, and syslog with"
                    + " syslog+tls. How many an application may have is max_drains_per_app: kato config get apptail",
            "",
            "It is not connected to an address of drain.denied_targets or appdrain.denied_targets of a node, whatever name"
                    + " leads there.",
            "",
            "Example: kato log app drain add 8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d mine tcp://logs.example.com:1234"
        })
public final class AppDrainAddCommand implements Callable<Integer> {
    private final ConfiguredDrains drains;
    private final Cluster cluster;
    private final Console console;

    @Option(names = "--json", description = "Send each line as JSON.")
    private boolean json;

    @Option(names = "--force", description = "Replace the application's drain of that name.")
    private boolean force;

    @Parameters(
            index = "0",
            paramLabel = "GUID",
            converter = Guid.class,
            description = "Which application: its GUID, or the number that it had in 2013.")
    private String guid = "";

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description = "The name of the drain, among those of the application.")
    private String name = "";

    @Parameters(
            index = "2",
            paramLabel = "URI",
            description = "Where it sends: tcp, udp, tls or syslog+tls, a host and a port. Anything else is left out.")
    private String uri = "";

    public AppDrainAddCommand(ConfiguredDrains drains, Cluster cluster, Console console) {
        this.drains = drains;
        this.cluster = cluster;
        this.console = console;
    }

    @Override
    public Integer call() {
        AppTarget target = AppTarget.of(uri);
        var own = new OwnDrains(drains, cluster, guid);
        String complete = drains.complete(
                target.uri(), List.of(AppDrains.filter(guid)), json ? Map.of("format", "json") : Map.of());
        own.add(name, complete, force);
        console.out().println("Added drain " + own.fullName(name) + ": " + DrainUri.mask(complete));
        if (!target.leftOut().isEmpty()) {
            console.warn("left out " + String.join(", ", target.leftOut())
                    + ": drains of applications have a scheme, a host and a port");
        }
        return ExitCode.OK;
    }
}
