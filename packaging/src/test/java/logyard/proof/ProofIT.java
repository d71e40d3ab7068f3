package logyard.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The short form of each run of {@code packaging/proof.sh}; {@code -Dlogyard.proof=long} for the long one. */
class ProofIT {
    private static final Scale SCALE =
            Scale.valueOf(System.getProperty("logyard.proof", "short").toUpperCase(Locale.ROOT));

    /** Most of a run is waiting. */
    private static final int AT_ONCE = 3;

    /** Begun first, so that the others are done beside it. */
    private static final String LONGEST = "fault-points";

    @TempDir
    static Path folder;

    private static final ExecutorService makers = Executors.newFixedThreadPool(AT_ONCE);
    private static Proof proof;

    @BeforeAll
    static void start() throws IOException {
        proof = Proof.start(
                Path.of(System.getProperty("logyard.distribution")),
                folder,
                SCALE,
                Integer.getInteger("logyard.proof.percent", 100),
                Long.getLong("logyard.proof.seed", System.nanoTime()));
    }

    @AfterAll
    static void stop() {
        makers.shutdownNow();
        proof.close();
    }

    @TestFactory
    Stream<DynamicTest> eachRunHoldsWhatItPromises() {
        return Proof.RUNS.stream()
                .sorted(Comparator.comparing(run -> !run.name().equals(LONGEST)))
                .map(ProofIT::test)
                .toList()
                .stream(); // all are under way before the first is waited for
    }

    private static DynamicTest test(Run run) {
        if (run.needsRoot() && !System.getProperty("user.name").equals("root")) {
            return DynamicTest.dynamicTest(
                    run.name(), () -> Assumptions.abort("Not root: this run could not have a disk of its own"));
        }
        Future<Scorecard> made = makers.submit(() -> proof.make(run));
        return DynamicTest.dynamicTest(run.name(), () -> {
            Scorecard card = made.get();

            System.out.println(card);
            assertThat(card.problems()).as("%s", card).isEmpty();
            assertThat(card.faults()).as("faults of %s", card).isPositive();
            assertThat(card.unexplained()).as("unexplained in %s", card).isZero();
        });
    }
}
