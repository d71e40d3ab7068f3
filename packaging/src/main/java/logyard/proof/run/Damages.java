package logyard.proof.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What can become of files on a disk that nobody looks after. */
final class Damages {
    private static final int MOST_BYTES = 100;

    private Damages() {}

    /** Changes some bytes of some segments. */
    static void bytes(Path state, Random random) throws IOException {
        List<Path> segments = below(state, ".journal");
        int count = 1 + random.nextInt(MOST_BYTES);
        for (int i = 0; i < count; i++) {
            flip(pick(segments, random), random);
        }
    }

    private static void flip(Path file, Random random) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long at = random.nextLong(channel.size());
            var one = ByteBuffer.allocate(1);
            int unused = channel.read(one, at);
            one.put(0, (byte) (one.get(0) ^ (1 + random.nextInt(255))));
            unused = channel.write(one.flip(), at);
        }
    }

    /** Cuts off the end of a segment. */
    static void end(Path state, Random random) throws IOException {
        try (var channel = FileChannel.open(pick(below(state, ".journal"), random), StandardOpenOption.WRITE)) {
            channel.truncate(random.nextLong(channel.size()));
        }
    }

    /** Deletes a segment, and leaves its summary. */
    static void segment(Path state, Random random) throws IOException {
        Files.delete(pick(below(state, ".journal"), random));
    }

    /** Empties, changes or deletes small files, of some of them both generations. */
    static void state(Path state, Random random) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name :
                List.of("cursors.json", "cursors.notes", "streams.json", ".summary", "config-logyard.json")) {
            if (random.nextBoolean()) {
                files.addAll(below(state, name));
                if (random.nextBoolean()) {
                    files.addAll(below(state, name + ".previous"));
                }
            }
        }
        if (files.isEmpty()) {
            files.addAll(below(state, "cursors.json"));
        }
        for (Path file : files) {
            switch (random.nextInt(3)) {
                case 0 -> Files.write(file, new byte[0]);
                case 1 -> Files.delete(file);
                default -> flip(file, random);
            }
        }
    }

    private static List<Path> below(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static Path pick(List<Path> files, Random random) throws IOException {
        if (files.isEmpty()) {
            throw new IOException("There is nothing to damage");
        }
        return files.get(random.nextInt(files.size()));
    }
}
