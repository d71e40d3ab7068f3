package logyard.drains.file;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import logyard.core.drain.Drain;
import logyard.drains.Batches;

/** An open file drain, and what it has written, wherever others moved it. */
final class WrittenFile implements AutoCloseable {
    private final Path file;
    private final Drain drain;

    WrittenFile(Path file, String parameters) throws Exception {
        this.file = file;
        this.drain = new FileDrainType()
                .open(Batches.spec("file://" + file + parameters), Batches.allowing(file.getParent()))
                .get(10, SECONDS);
    }

    /** Begins to write; completes when it is confirmed. */
    CompletableFuture<Void> begin(String... values) {
        return Batches.on(drain, () -> drain.write(Batches.of(values)));
    }

    /** The same, and before it can be synced something happens. */
    CompletableFuture<Void> beginAnd(Callable<?> event, String... values) {
        return Batches.on(drain, () -> {
            var written = drain.write(Batches.of(values));
            try {
                event.call();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return written;
        });
    }

    void write(String... values) throws Exception {
        begin(values).get(10, SECONDS);
    }

    /** Writes the lines {@code from} to before {@code to}, each its own batch, three on their way at a time. */
    void writeNumbers(int from, int to) throws Exception {
        List<CompletableFuture<Void>> onTheirWay = new ArrayList<>();
        for (int number = from; number < to; number++) {
            onTheirWay.add(begin(line(number)));
            if (onTheirWay.size() == 3) {
                onTheirWay.remove(0).get(10, SECONDS);
            }
        }
        for (CompletableFuture<Void> each : onTheirWay) {
            each.get(10, SECONDS);
        }
    }

    /** Long enough that a file grows. */
    static String line(int number) {
        return "line " + number + " " + "x".repeat(300) + " end";
    }

    static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(WrittenFile::line).toList();
    }

    /** All lines of the file and of those beside it, oldest first, also of compressed ones. */
    List<String> allLines() throws IOException {
        List<Path> files;
        try (Stream<Path> beside = Files.list(file.getParent())) {
            files = beside.filter(each -> each.getFileName().toString().startsWith(file.getFileName() + ""))
                    .sorted((a, b) -> Integer.compare(age(b), age(a)))
                    .toList();
        }
        List<String> lines = new ArrayList<>();
        for (Path each : files) {
            try (InputStream in = Files.newInputStream(each);
                    InputStream content = each.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
                lines.addAll(new String(content.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList());
            }
        }
        return lines;
    }

    /** The number that it got when it was rotated. */
    private int age(Path each) {
        String rest = each.getFileName()
                .toString()
                .substring(file.getFileName().toString().length());
        return rest.isEmpty() ? 0 : Integer.parseInt(rest.replaceAll("\\D", ""));
    }

    @Override
    public void close() throws Exception {
        Batches.on(drain, drain::close).get(10, SECONDS);
    }
}
