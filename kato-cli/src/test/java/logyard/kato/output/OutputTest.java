package logyard.kato.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;

class OutputTest {
    private final StringWriter err = new StringWriter();

    /** Takes what fits into its buffer, and cannot write it. */
    private static final class FullDisk extends Writer {
        private int flushes;

        @Override
        public void write(char[] text, int offset, int length) {}

        @Override
        public void flush() throws IOException {
            throw new IOException(flushes++ == 0 ? "No space left on device" : "later");
        }

        @Override
        public void close() {}
    }

    private int statusOf(Output out, int status) {
        return new Console(out, new PrintWriter(err, true), Colors.NONE).statusOf(status);
    }

    @Test
    void failsIfItCannotBeWritten() {
        var out = new Output(new FullDisk());
        out.print("a");
        out.flush();
        out.println("b");

        assertThat(statusOf(out, 0)).isEqualTo(1);
        assertThat(err).hasToString("ERROR: the output cannot be written: No space left on device\n");
    }

    @Test
    void failsIfTheLastOfItCannotBeWritten() {
        var out = new Output(new FullDisk());
        out.print("a");

        assertThat(statusOf(out, 0)).isEqualTo(1);
    }

    @Test
    void keepsTheStatusOfWhatFailedAlready() {
        assertThat(statusOf(new Output(new FullDisk()), 2)).isEqualTo(2);
    }

    @Test
    void isSilentIfItsReaderHasLeft() {
        var out = new Output(new FullDisk(), () -> true);
        out.println("a");

        assertThat(out.checkError()).isTrue();
        assertThat(statusOf(out, 0)).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void isSilentIfAllOfItIsWritten() {
        var text = new StringWriter();
        var out = new Output(text);
        out.print("a");

        assertThat(statusOf(out, 0)).isZero();
        assertThat(text).hasToString("a");
        assertThat(err.toString()).isEmpty();
    }
}
