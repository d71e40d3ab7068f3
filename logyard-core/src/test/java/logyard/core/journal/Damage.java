package logyard.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** What a bad disk does to the segments of a journal. */
record Damage(Path folder, Random random) {
    /**
     * Changes a few bytes, or cuts off the rest of the segment unless it is the one that is appended to.
     *
     * @return where the damage ends
     */
    long at(long position, long active) throws IOException {
        Segment segment = holding(position);
        try (FileChannel file = FileChannel.open(segment.file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long offset = position - segment.base();
            long size = file.size();
            if (segment.base() != active && random.nextInt(4) == 0) {
                file.truncate(offset);
                return segment.base() + size;
            }
            int count = (int) Math.min(size - offset, 1 + random.nextInt(10));
            ByteBuffer bytes = ByteBuffer.allocate(Math.max(0, count));
            int unused = file.read(bytes, offset);
            for (int i = 0; i < bytes.position(); i++) {
                bytes.put(i, (byte) (bytes.get(i) ^ (1 + random.nextInt(255))));
            }
            unused = file.write(bytes.flip(), offset);
            return position + count;
        }
    }

    private Segment holding(long position) throws IOException {
        return TestJournals.files(folder, ".journal").stream()
                .map(file -> Segment.of(file).orElseThrow())
                .filter(segment -> segment.base() <= position)
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
