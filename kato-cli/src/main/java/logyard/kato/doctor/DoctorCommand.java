package logyard.kato.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import logyard.config.ConfigUnavailableException;
import logyard.core.LogyardCore;
import logyard.core.daemon.Setting;
import logyard.kato.command.Cluster;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import logyard.kato.output.DocumentOptions;
import logyard.kato.output.Printable;
import logyard.kato.process.LocalUnits;
import logyard.kato.process.ProcessState;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code kato doctor}. */
@Command(
        name = "doctor",
        description = "Check this node, and say what to do about what is not as it should be.",
        footer = {
            "",
            "It looks at Java, the clock, limits, folders and the disk, at ZooKeeper, Redis and NATS, at the daemons, the"
                    + " files they follow and the drains, and changes nothing. Run by root it sees most. The exit status is 0 if logs can"
                    + " flow, and 1 if something is in their way.",
            "",
            "Example: kato doctor"
        })
public final class DoctorCommand implements Callable<Integer>, ReadsOnly {
    private final Cluster cluster;
    private final Console console;

    @Mixin
    private DocumentOptions document;

    public DoctorCommand(Cluster cluster, Console console) {
        this.cluster = cluster;
        this.console = console;
    }

    @Override
    public Integer call() {
        var findings = new Findings();
        MachineCheck.examine(findings);
        cluster.settings().checkAll();
        StorageCheck.examine(cluster.settings(), findings);
        LocalUnits units = LocalUnits.ask();
        var processCheck = new ProcessCheck(units, findings);
        processCheck.examineUnits();
        processCheck.examineBus(cluster.settings());
        AuthFileCheck.examine(cluster.settings().path(Setting.ZK_AUTH_FILE), daemons(), findings);
        new ClusterCheck(cluster, findings).examine().ifPresent(tree -> {
            try {
                Map<String, ProcessState> processes = processCheck.examine(cluster);
                new LogFilesCheck(cluster.settings(), findings)
                        .examine(tree, pid(processes, "systail"), units.of("systail"));
                DrainCheck.examine(cluster, tree, findings);
                ProcessState core = processes.get(LogyardCore.PROCESS);
                if (core != null && core.isUp()) {
                    MetricsCheck.examine(cluster.settings(), findings);
                }
            } catch (ConfigUnavailableException e) {
                findings.fail("tree", String.valueOf(e.getMessage()), "look at the log of ZooKeeper");
            }
        });
        show(findings.all());
        return findings.all().stream().anyMatch(finding -> finding.level() == Finding.Level.FAIL)
                ? ExitCode.SOFTWARE
                : ExitCode.OK;
    }

    private static OptionalLong pid(Map<String, ProcessState> processes, String name) {
        ProcessState state = processes.get(name);
        return state == null ? OptionalLong.empty() : state.pid();
    }

    private static Optional<Account> daemons() {
        try {
            return Account.ofDaemons();
        } catch (IOException e) {
            return Optional.empty(); // without id(1)
        }
    }

    private void show(List<Finding> findings) {
        if (document.format().isPresent()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            findings.forEach(finding -> array.add(finding.toJson()));
            console.out().println(document.format().get().render(array));
            return;
        }
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            console.out()
                    .println(Printable.text(String.format(
                            Locale.ROOT, "%-4s  %-10s  %s", finding.level(), finding.subject(), finding.text())));
            boolean isSaidBelow =
                    i + 1 < findings.size() && findings.get(i + 1).remedy().equals(finding.remedy());
            if (!finding.remedy().isEmpty() && !isSaidBelow) {
                console.out().println(Printable.text("      " + " ".repeat(12) + "→ " + finding.remedy()));
            }
        }
    }
}
