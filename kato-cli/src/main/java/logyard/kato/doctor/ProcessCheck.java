package logyard.kato.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import logyard.core.LogyardCore;
import logyard.core.daemon.Settings;
import logyard.kato.command.Cluster;
import logyard.kato.process.LocalUnits;
import logyard.kato.process.ProcessState;
import logyard.kato.process.Processes;
import logyard.kato.process.Unit;

/** Whether the daemons of this node run, and can be spoken to. */
final class ProcessCheck {
    private static final String PROCESS = "process";
    private static final String UNIX_SOCKET = "ipc://";

    /** Only nodes with applications have it. */
    private static final String OPTIONAL = "apptail";

    private final LocalUnits units;
    private final Findings findings;

    ProcessCheck(LocalUnits units, Findings findings) {
        this.units = units;
        this.findings = findings;
    }

    /** Whether they are in each other's way. */
    void examineUnits() {
        List<Unit> surplus = units.surplus();
        if (!surplus.isEmpty()) {
            findings.fail(
                    PROCESS,
                    "logyard-node.service is enabled, and so are units that it is in place of: systemd ends the one for"
                            + " the other",
                    "systemctl disable --now "
                            + surplus.stream().map(Unit::shortName).collect(Collectors.joining(" ")));
        }
    }

    /** The processes of this node, by name. */
    Map<String, ProcessState> examine(Cluster cluster) {
        return report(new Processes(cluster).on(cluster.node()));
    }

    /** Those that systemd knows, where the tree cannot be read; none without systemd. */
    Map<String, ProcessState> examineBySystemd() {
        return report(units.states());
    }

    private Map<String, ProcessState> report(Map<String, ProcessState> states) {
        states.forEach((name, state) -> {
            String text = name + " is " + state.state()
                    + state.details().stream().map(detail -> ", " + detail).reduce("", String::concat);
            if (state.isReady()) {
                findings.ok(PROCESS, text);
            } else if (state.isUp()) {
                findings.warn(PROCESS, text, "it is not ready yet; see: journalctl -u " + unit(name));
            } else if (!name.equals(OPTIONAL)) {
                findings.fail(PROCESS, text, start(name) + "; if it ends again: journalctl -u " + unit(name));
            }
        });
        return states;
    }

    private String unit(String process) {
        return units.meant(process).shortName();
    }

    private String start(String process) {
        Unit unit = units.meant(process);
        return "systemctl " + (unit.isEnabled() ? "start " : "enable --now ") + unit.shortName();
    }

    /** What clients of the bus need. */
    void examineBus(Settings settings) {
        String remedy = start(LogyardCore.PROCESS);
        for (String address : List.of(
                settings.bus().publish(),
                settings.bus().subscribe(),
                settings.bus().acknowledge())) {
            if (!address.startsWith(UNIX_SOCKET)) {
                Server server = Server.parse(address.substring(address.lastIndexOf('/') + 1), 0);
                server.problem()
                        .ifPresentOrElse(
                                why -> findings.fail("bus", "nobody listens at " + server, remedy),
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
                findings.fail("bus", "there is no " + socket + ": no core runs here", remedy);
            }
        }
    }
}
