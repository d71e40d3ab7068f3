package logyard.kato.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes what was asked for. A write that fails is silent, as with every {@link PrintWriter}; in the end
 * {@link #failure} tells of the first one. Any thread.
 */
public final class Output extends PrintWriter {
    private static final Path STDOUT = Path.of("/proc/self/fd/1");

    /** Of the mode of a file: its type, and two of them. */
    private static final int TYPE = 0170000;

    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;

    private final Remembering target;
    private final BooleanSupplier readerMayLeave;

    private Output(Remembering target, BooleanSupplier readerMayLeave) {
        super(target, true);
        this.target = target;
        this.readerMayLeave = readerMayLeave;
    }

    /** Writes to something that must take all of it. */
    public Output(Writer to) {
        this(to, () -> false);
    }

    /** @param readerMayLeave whether it is a pipe, say: one that cannot be written has nobody who misses anything */
    Output(Writer to, BooleanSupplier readerMayLeave) {
        this(new Remembering(to), readerMayLeave);
    }

    /** The stdout of this process: UTF-8 whatever the locale, as logs are. */
    static Output ofProcess() {
        return new Output(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8),
                Output::isPipe);
    }

    /** Asked of Linux: the text of an exception depends on the locale. */
    private static boolean isPipe() {
        try {
            int type = (int) Files.getAttribute(STDOUT, "unix:mode") & TYPE;
            return type == PIPE || type == SOCKET;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Why what was written is not where it was to go; empty if it is, or if its reader has left, as {@code head} does. */
    public Optional<IOException> failure() {
        flush();
        return Optional.ofNullable(target.failure).filter(e -> !readerMayLeave.getAsBoolean());
    }

    private static final class Remembering extends FilterWriter {
        private volatile @Nullable IOException failure;

        private Remembering(Writer to) {
            super(to);
        }

        private interface Writing {
            void run() throws IOException;
        }

        private void remembered(Writing writing) throws IOException {
            try {
                writing.run();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                }
                throw e;
            }
        }

        @Override
        public void write(int c) throws IOException {
            remembered(() -> out.write(c));
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            remembered(() -> out.write(text, offset, length));
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            remembered(() -> out.write(text, offset, length));
        }

        @Override
        public void flush() throws IOException {
            remembered(out::flush);
        }
    }
}
