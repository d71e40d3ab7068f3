package logyard.core.journal;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logyard.core.event.StreamId;

/**
 * A process that appends to a journal until it is killed. After every flush it prints {@code F} and how far it got, after
 * every commit {@code S}, in positions of one stream whose batches follow each other.
 */
final class KilledJournal {
    static final StreamId STREAM = TestJournals.stream(1);

    private KilledJournal() {}

    static JournalOptions options(Path folder) {
        return new JournalOptions(folder, 4 << 20, 0, 256 << 10);
    }

    public static void main(String[] args) throws IOException {
        var random = new Random();
        Journal journal = Journal.open(options(Path.of(args[0])), Clock.systemUTC());
        long reached = journal.positions().expected(STREAM).orElse(0);
        Commit commit = Commit.start(journal, Duration.ofMillis(5), () -> new Reporter(journal, reached));
        for (long from = reached; ; ) {
            for (int i = random.nextInt(20); i >= 0; i--) {
                int count = 1 + random.nextInt(100);
                journal.append(TestJournals.batch(STREAM, from, from, count).bytes());
                from += 10L * count;
                journal.positions().advance("test", STREAM, from);
            }
            journal.flush();
            commit.appended();
            report("F " + from + " " + journal.flushedEnd());
        }
    }

    private static synchronized void report(String line) {
        PrintStream out = System.out;
        out.println(line);
        out.flush();
    }

    private static final class Reporter implements Commit.Listener {
        private final Journal journal;

        Reporter(Journal journal, long reached) {
            this.journal = journal;
            report("O " + reached);
        }

        @Override
        public void beginning() {}

        @Override
        public void committed() {
            report("S " + journal.syncedEnd());
        }

        @Override
        public void tick() {}

        @Override
        public void close() {}
    }

    /** Which command starts it, in a machine that is small and quickly started: without Logback, for example. */
    static List<String> command(Path folder) {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("logback"))
                .collect(Collectors.joining(File.pathSeparator));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                classPath,
                KilledJournal.class.getName(),
                folder.toString());
    }
}
