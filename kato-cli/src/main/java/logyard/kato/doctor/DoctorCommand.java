package logyard.kato.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import logyard.config.ConfigException;
import logyard.kato.command.Cluster;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import logyard.kato.output.DocumentOptions;
import logyard.kato.output.Printable;
import logyard.kato.process.LocalUnits;
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
        try {
            new Examination(cluster, LocalUnits.ask(), findings).run();
        } catch (ConfigException e) {
            show(findings.all());
            throw e;
        }
        show(findings.all());
        return findings.all().stream().anyMatch(finding -> finding.level() == Finding.Level.FAIL)
                ? ExitCode.SOFTWARE
                : ExitCode.OK;
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
