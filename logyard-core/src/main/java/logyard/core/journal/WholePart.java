package logyard.core.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A part of a segment that is whole, and becomes a segment of its own.
 *
 * @param source where it is
 * @param base where the segment that is made of it begins
 * @param from the position of its first record
 * @param to the position behind its last record; before the first if there is none
 */
record WholePart(SegmentList.Entry source, long base, long from, long to) {
    /** The segment that is made of it. */
    Segment segment() {
        return source.segment().following(base);
    }

    long recordBytes() {
        return Math.max(0, to - from);
    }

    /** Where that segment ends. */
    long end() {
        return Math.max(from, to);
    }

    /** Where a damaged file is kept: a name that is not taken yet. */
    static Path aside(Path file) {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        for (int i = 2; Files.exists(aside); i++) {
            aside = file.resolveSibling(file.getFileName() + ".damaged." + i);
        }
        return aside;
    }

    private Path prepared() {
        return segment().file().resolveSibling(segment().file().getFileName() + ".repair");
    }

    /** Writes the segment beside its place. */
    void write() throws IOException {
        Files.deleteIfExists(prepared());
        try (FileChannel in = StoppedJournal.DISK.open(source.segment().file(), StandardOpenOption.READ);
                FileChannel out =
                        StoppedJournal.DISK.open(prepared(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var part = new SparseFile(out);
            part.write(segment().header(), 0);
            if (recordBytes() > 0) {
                long offset = source.segment().base();
                part.copy(in, source.segment().file(), from - offset, to - offset, Segment.HEADER_BYTES);
                part.extendTo(Segment.HEADER_BYTES + recordBytes());
            }
            out.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(prepared());
            throw e;
        }
    }

    /** Puts what was written in its place. */
    void takePlace() throws IOException {
        Files.move(prepared(), segment().file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
