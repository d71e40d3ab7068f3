package logyard.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import logyard.micro.EmbeddedZooKeeper;
import logyard.proof.node.Node;
import logyard.proof.run.ClockRun;
import logyard.proof.run.DamageRun;
import logyard.proof.run.DiskFloorRun;
import logyard.proof.run.EventsRun;
import logyard.proof.run.FaultPointsRun;
import logyard.proof.run.FullDiskRun;
import logyard.proof.run.InodeReuseRun;
import logyard.proof.run.KillRun;
import logyard.proof.run.NoisyApplicationRun;
import logyard.proof.run.PowerLossRun;
import logyard.proof.run.RestartRun;
import logyard.proof.run.RetentionRun;
import logyard.proof.run.RotationRun;
import logyard.proof.run.ShortLivesRun;

/** All runs, and the ZooKeeper they share. Several threads may each make a run. */
public final class Proof implements AutoCloseable {
    /** In the order in which they are told of. */
    public static final List<Run> RUNS = List.of(
            KillRun.of("kill-core", Node.CORE),
            KillRun.ofCoreWithFile("kill-core-file"),
            KillRun.of("kill-systail", Node.SYSTAIL),
            KillRun.of("kill-apptail", Node.APPTAIL),
            new EventsRun(),
            new FaultPointsRun(),
            new PowerLossRun(),
            new FullDiskRun(),
            DamageRun.bytes(),
            DamageRun.end(),
            DamageRun.segment(),
            DamageRun.state(),
            new ClockRun(),
            new RestartRun(),
            new RotationRun(),
            new InodeReuseRun(),
            new ShortLivesRun(),
            new RetentionRun(),
            new NoisyApplicationRun(),
            new DiskFloorRun());

    private final EmbeddedZooKeeper zooKeeper;
    private final Lab lab;

    private Proof(EmbeddedZooKeeper zooKeeper, Lab lab) {
        this.zooKeeper = zooKeeper;
        this.lab = lab;
    }

    /**
     * Starts what runs need.
     *
     * @param distribution the folder of the distribution whose daemons are to be tried
     * @param work an empty folder
     * @param percent how much of the long form is made
     * @param seed decides when faults happen
     */
    public static Proof start(Path distribution, Path work, Scale scale, int percent, long seed) throws IOException {
        if (!Files.isExecutable(distribution.resolve("bin").resolve(Node.CORE))) {
            throw new IOException("No distribution in " + distribution + ": mvn -DskipTests package makes one");
        }
        EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start(work.resolve("zookeeper"), 0);
        return new Proof(
                zooKeeper,
                new Lab(distribution, work.toRealPath(), zooKeeper.connect(), new Random(seed), scale, percent));
    }

    /** Makes a run; one that could not be made has failed. */
    public Scorecard make(Run run) {
        long begun = System.nanoTime();
        try {
            return run.on(lab);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Scorecard.broken(run.name(), Duration.ofNanos(System.nanoTime() - begun), "interrupted");
        } catch (Exception e) { // whatever it is, the run has proven nothing
            return Scorecard.broken(run.name(), Duration.ofNanos(System.nanoTime() - begun), e.toString());
        }
    }

    @Override
    public void close() {
        zooKeeper.close();
    }
}
