package logyard.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import logyard.config.DurableFile.NewerVersionException;

/**
 * One file of the journal, named by the position of its first byte in 20 digits. It begins with {@code magic u32 ·
 * version u32 · base u64 · crc32c u32}, in every version.
 *
 * @param base the position of the first byte, which is that of the header
 */
record Segment(Path file, long base) {
    static final int HEADER_BYTES = 20;

    private static final int MAGIC = 0x4C47594A; // "LGYJ"
    private static final int VERSION = 1;
    private static final int CHECKED_BYTES = HEADER_BYTES - Integer.BYTES;

    /** Positions below 10^18, so that no file's name can bring the journal near the end of the numbers. */
    private static final Pattern NAME = Pattern.compile("00\\d{18}\\.journal");

    /** The segment that begins at {@code base}, whether or not it exists. */
    static Segment at(Path folder, long base) {
        return new Segment(folder.resolve(name(base)), base);
    }

    private static String name(long base) {
        return String.format(Locale.ROOT, "%020d.journal", base);
    }

    /** The segment in {@code file}; empty if that is another kind of file. */
    static Optional<Segment> of(Path file) {
        String name = file.getFileName().toString();
        return NAME.matcher(name).matches()
                ? Optional.of(new Segment(file, Long.parseLong(name.substring(0, 20))))
                : Optional.empty();
    }

    /** The segment that begins at {@code base}, in the same folder. */
    Segment following(long base) {
        return new Segment(file.resolveSibling(name(base)), base);
    }

    /** Where its summary is, once it is sealed. */
    Path summaryFile() {
        return file.resolveSibling(file.getFileName().toString().replace(".journal", ".summary"));
    }

    /** How many bytes there are. */
    long size() throws IOException {
        return Files.size(file);
    }

    /** The position of the first record. */
    long firstRecord() {
        return base + HEADER_BYTES;
    }

    /** What the file begins with. */
    byte[] header() {
        ByteBuffer header =
                ByteBuffer.allocate(HEADER_BYTES).putInt(MAGIC).putInt(VERSION).putLong(base);
        return header.putInt(checksum(header.array())).array();
    }

    /**
     * Whether the file begins as it must.
     *
     * @throws NewerVersionException if a later Logyard wrote it
     */
    boolean hasHeader(Disk disk) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        try (SegmentReader reader = SegmentReader.open(disk, new SegmentList.Entry(this, Long.MAX_VALUE))) {
            if (reader.load(base, HEADER_BYTES, Long.MAX_VALUE) < 0 || !reader.read(base, header.array())) {
                return false;
            }
        }
        if (header.getInt(0) != MAGIC || header.getInt(CHECKED_BYTES) != checksum(header.array())) {
            return false;
        }
        if (header.getInt(4) > VERSION) {
            throw new NewerVersionException(file, header.getInt(4), VERSION);
        }
        return header.getLong(8) == base;
    }

    private static int checksum(byte[] header) {
        var crc = new CRC32C();
        crc.update(header, 0, CHECKED_BYTES);
        return (int) crc.getValue();
    }
}
