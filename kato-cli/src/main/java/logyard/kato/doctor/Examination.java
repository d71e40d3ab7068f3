package logyard.kato.doctor;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.ConfigTree;
import logyard.config.ConfigUnavailableException;
import logyard.config.snapshot.Snapshot;
import logyard.config.snapshot.SnapshotFile;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import logyard.kato.command.Cluster;
import logyard.kato.process.LocalUnits;
import logyard.kato.process.ProcessState;

/** All checks, one after the other. Where the tree cannot be read, systemd and what the daemons knew last stand in for it. */
final class Examination {
    private static final String SYSTAIL = "systail";

    private final Cluster cluster;
    private final Findings findings;
    private final LocalUnits units;
    private Optional<ConfigTree> tree = Optional.empty();

    Examination(Cluster cluster, LocalUnits units, Findings findings) {
        this.cluster = cluster;
        this.units = units;
        this.findings = findings;
    }

    /**
     * Adds to what is found out.
     *
     * @throws ConfigException if the settings cannot be used; what needs none has been looked at then
     */
    void run() {
        MachineCheck.examine(findings);
        var processCheck = new ProcessCheck(units, findings);
        processCheck.examineUnits();
        Settings settings = cluster.settings(); // from here on it takes them
        settings.checkAll();
        StorageCheck.examine(settings, findings);
        processCheck.examineBus(settings);
        AuthFileCheck.examine(settings, daemons(), findings);
        tree = new ClusterCheck(cluster, findings).examine();
        Map<String, ProcessState> processes =
                read(unused -> processCheck.examine(cluster)).orElseGet(processCheck::examineBySystemd);
        read(known -> known.subtree(ConfigPath.SYSTAIL))
                .or(this::lastKnown)
                .ifPresent(systail -> new LogFilesCheck(settings, findings)
                        .examine(systail, pid(processes, SYSTAIL), units.of(SYSTAIL)));
        read(known -> DrainCheck.examine(cluster, known, findings));
        new MetricsCheck(settings, units, MetricsCheck.PATIENCE, findings).examine(processes);
    }

    private static Optional<Account> daemons() {
        try {
            return Account.ofDaemons();
        } catch (IOException e) {
            return Optional.empty(); // without id(1)
        }
    }

    /** Empty if there is no tree, or no more. */
    private <T> Optional<T> read(Function<ConfigTree, T> reading) {
        try {
            return tree.map(reading);
        } catch (ConfigUnavailableException e) {
            findings.fail("tree", String.valueOf(e.getMessage()), "look at the log of ZooKeeper");
            tree = Optional.empty();
            return Optional.empty();
        }
    }

    /** The settings of systail that it has on the disk, if they may be read. */
    private Optional<ConfigSubtree> lastKnown() {
        String process = units.meant(SYSTAIL).shortName();
        Optional<Snapshot> snapshot = new SnapshotFile(cluster.settings().path(Setting.STATE_DIR), process).look();
        return snapshot.flatMap(known -> known.below(ConfigPath.SYSTAIL));
    }

    private static OptionalLong pid(Map<String, ProcessState> processes, String name) {
        ProcessState state = processes.get(name);
        return state == null ? OptionalLong.empty() : state.pid();
    }
}
