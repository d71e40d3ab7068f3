package logyard.kato.logyardcli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import logyard.core.bus.Bus;
import logyard.core.bus.Subscription;
import logyard.core.daemon.Settings;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import logyard.kato.output.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code logyard-cli recv}: reads the bus of this node, and needs neither the tree nor any other node. */
@Command(name = "recv", description = "Show the events of this node as they come, until Ctrl-C.")
final class RecvCommand implements Callable<Integer>, ReadsOnly {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String UNIX_SOCKET = "ipc://";

    private final Cluster cluster;
    private final Console console;

    @Option(
            names = {"-filter", "--filter"},
            paramLabel = "PREFIX",
            description = "Which events: the beginning of their keys; else all.")
    private String filter = "";

    @Option(
            names = {"-hideprefix", "--hideprefix"},
            description = "Show the JSON of an event only, without its key.")
    private boolean hidePrefix;

    @Option(
            names = {"-json", "--json"},
            hidden = true)
    private boolean json;

    RecvCommand(Cluster cluster, Console console) {
        this.cluster = cluster;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (json) {
            throw new CommandFailedException("recv has no -json: what it shows is JSON already");
        }
        Settings settings = cluster.settings();
        warnIfUnreachable(settings.bus().subscribe());
        try (var bus = new Bus(settings.bus());
                var subscription = new Subscription(bus, List.of(filter))) {
            while (!console.out().checkError()) {
                Optional<byte[]> event = subscription.next(PATIENCE);
                event.ifPresent(bytes -> console.out().println(shown(new String(bytes, UTF_8))));
            }
            return ExitCode.OK;
        }
    }

    private String shown(String event) {
        return Printable.json(hidePrefix ? event.substring(event.indexOf(' ') + 1) : event);
    }

    private void warnIfUnreachable(String address) {
        if (address.startsWith(UNIX_SOCKET)) {
            Path socket = Path.of(address.substring(UNIX_SOCKET.length()));
            if (!Files.exists(socket)) {
                console.warn("there is no " + socket + " yet: logyard does not run on this node");
            } else if (!Files.isWritable(socket)) {
                console.warn("this user may not use " + socket + ": it is for the group logyard");
            }
        }
    }
}
