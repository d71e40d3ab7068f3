package logyard.kato.log.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Reads lines from one connection. A line that is too long, or for which there is no memory left, is read to its end and
 * forgotten. One thread.
 */
final class LineReader implements AutoCloseable {
    /** What each connection has for itself. */
    static final int OWN_BYTES = 8 << 10;

    /** The longest line: a record of 1 MiB with every second character escaped. */
    static final int MAX_BYTES = 2 << 20;

    private final InputStream in;
    private final Semaphore memory;
    private byte[] buffer = new byte[OWN_BYTES];
    private int start;
    private int searched;
    private int end;
    private boolean isSkipping;

    /** @param memory in bytes, shared with other connections: for lines that do not fit into what each has for itself */
    LineReader(InputStream in, Semaphore memory) {
        this.in = in;
        this.memory = memory;
    }

    /**
     * The next line, without its line feed.
     *
     * @return empty at the end; what comes after the last line feed is no line
     * @throws LineTooLongException if a line was forgotten; the one after it can be read
     */
    Optional<String> next() throws IOException, LineTooLongException {
        while (true) {
            for (; searched < end; searched++) {
                if (buffer[searched] == '\n') {
                    return Optional.of(take());
                }
            }
            makeRoom();
            int count = in.read(buffer, end, buffer.length - end);
            if (count < 0) {
                return Optional.empty();
            }
            end += count;
        }
    }

    private String take() throws LineTooLongException {
        String line = isSkipping ? "" : new String(buffer, start, searched - start, StandardCharsets.UTF_8);
        searched++;
        start = searched;
        if (isSkipping) {
            isSkipping = false;
            throw new LineTooLongException();
        }
        return line;
    }

    /** Moves the beginning of the line to the front, and gets a larger buffer if it fills this one. */
    private void makeRoom() {
        if (isSkipping) {
            start = end;
        }
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        searched = end;
        start = 0;
        if (end == 0) {
            giveBack();
        } else if (end == buffer.length) {
            int more = buffer.length;
            if (end + more <= MAX_BYTES && memory.tryAcquire(more)) {
                buffer = Arrays.copyOf(buffer, end + more);
            } else {
                isSkipping = true;
                end = 0;
                searched = 0;
            }
        }
    }

    private void giveBack() {
        if (buffer.length > OWN_BYTES) {
            memory.release(buffer.length - OWN_BYTES);
            buffer = new byte[OWN_BYTES];
        }
    }

    /** Gives the memory back; the connection is closed by whoever opened it. */
    @Override
    public void close() {
        giveBack();
    }

    /** A line was too long, and is gone. */
    static final class LineTooLongException extends Exception {
        private LineTooLongException() {
            super("a line was longer than " + MAX_BYTES + " bytes, or there was no memory for it", null, false, false);
        }
    }
}
