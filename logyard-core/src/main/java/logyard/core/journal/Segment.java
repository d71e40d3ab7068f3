package logyard.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One file of the journal, named by the position of its first byte in 20 digits.
 *
 * @param base the position of the first byte, which is that of the header
 */
record Segment(Path file, long base) {
    static final int HEADER_BYTES = 16;

    private static final int MAGIC = 0x4C47594A; // "LGYJ"
    private static final short VERSION = 1;
    private static final Pattern NAME = Pattern.compile("\\d{20}\\.journal");

    /** The segment that begins at {@code base}, whether or not it exists. */
    static Segment at(Path folder, long base) {
        return new Segment(folder.resolve(String.format(Locale.ROOT, "%020d.journal", base)), base);
    }

    /** The segment in {@code file}; empty if that is another kind of file. */
    static Optional<Segment> of(Path file) {
        String name = file.getFileName().toString();
        return NAME.matcher(name).matches()
                ? Optional.of(new Segment(file, Long.parseLong(name.substring(0, 20))))
                : Optional.empty();
    }

    /** Where its summary is, once it is sealed. */
    Path summaryFile() {
        return file.resolveSibling(file.getFileName().toString().replace(".journal", ".summary"));
    }

    /** The position of the first record. */
    long firstRecord() {
        return base + HEADER_BYTES;
    }

    /** Makes the file with its header; what was there is lost. */
    FileChannel create() throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES)
                .putInt(MAGIC)
                .putShort(VERSION)
                .putShort((short) 0)
                .putLong(base)
                .flip();
        int unused = channel.write(header, 0);
        return channel;
    }

    FileChannel openToAppend() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    FileChannel openToRead() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /** How many bytes there are. */
    long size() throws IOException {
        return Files.size(file);
    }

    /**
     * Whether the file has the header of a segment of this position.
     *
     * @throws IOException if it cannot be read, or is of a version that a later Logyard wrote
     */
    boolean hasHeader() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        try (FileChannel channel = openToRead()) {
            int unused = channel.read(header, 0);
        }
        if (header.position() < HEADER_BYTES || header.getInt(0) != MAGIC) {
            return false;
        }
        if (header.getShort(4) > VERSION) {
            throw new IOException(file + " is of journal version " + header.getShort(4) + ", this Logyard knows "
                    + VERSION + ": install the version that wrote it, or move the journal away");
        }
        return header.getLong(8) == base;
    }
}
