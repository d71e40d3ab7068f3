package logyard.kato.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import logyard.core.daemon.Settings;
import logyard.kato.command.Cluster;
import logyard.kato.process.ProcessState;
import logyard.kato.process.Processes;

/** Whether the daemons of this node run, and can be spoken to. */
final class ProcessCheck {
    private static final String UNIX_SOCKET = "ipc://";

    /** Only nodes with applications have it. */
    private static final String OPTIONAL = "apptail";

    private ProcessCheck() {}

    /** The processes of this node, by name. */
    static Map<String, ProcessState> examine(Cluster cluster, Findings findings) {
        Map<String, ProcessState> states = new Processes(cluster).on(cluster.node());
        states.forEach((name, state) -> {
            String text = name + " is " + state.state()
                    + state.details().stream().map(detail -> ", " + detail).reduce("", String::concat);
            if (state.isReady()) {
                findings.ok("process", text);
            } else if (state.isUp()) {
                findings.warn("process", text, "it is not ready yet; see: journalctl -u " + unit(name));
            } else if (!name.equals(OPTIONAL)) {
                findings.fail(
                        "process",
                        text,
                        "systemctl enable --now " + unit(name) + "; if it ends again: journalctl -u " + unit(name));
            }
        });
        return states;
    }

    private static String unit(String process) {
        return process.replace('_', '-');
    }

    /** What clients of the bus need. */
    static void examineBus(Settings settings, Findings findings) {
        for (String address : List.of(
                settings.bus().publish(),
                settings.bus().subscribe(),
                settings.bus().acknowledge())) {
            if (!address.startsWith(UNIX_SOCKET)) {
                Server server = Server.parse(address.substring(address.lastIndexOf('/') + 1), 0);
                server.problem()
                        .ifPresentOrElse(
                                why -> findings.fail("bus", "nobody listens at " + server, "systemctl start logyard"),
                                () -> findings.ok("bus", "listens at " + server));
                continue;
            }
            Path socket = Path.of(address.substring(UNIX_SOCKET.length()));
            Path folder = socket.resolve("..").normalize();
            if (Files.exists(socket)) {
                findings.ok("bus", socket + " is there");
            } else if (Files.isDirectory(folder) && !Files.isExecutable(folder)) {
                findings.warn("bus", "who runs this may not look into " + folder, "sudo kato doctor");
            } else {
                findings.fail("bus", "there is no " + socket + ": no core runs here", "systemctl start logyard");
            }
        }
    }
}
