package logyard.kato.log.top;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import logyard.kato.command.CommandFailedException;

/**
 * The terminal, taken over for a table that is drawn again and again: what was on it comes back when this is closed. Keys
 * come one by one and are not echoed; Ctrl-C is a signal as ever. Closed from any thread, used by one.
 */
final class Screen implements AutoCloseable {
    private static final File TERMINAL = new File("/dev/tty");
    private static final long STTY_SECONDS = 5;

    // xterm's, which every terminal of today knows
    private static final String ENTER = "\033[?1049h\033[?25l";
    private static final String LEAVE = "\033[?25h\033[?1049l";
    private static final String HOME = "\033[H";
    private static final String CLEAR_TO_END_OF_LINE = "\033[K";
    private static final String CLEAR_BELOW = "\033[J";

    private final PrintWriter out;
    private final String saved;
    private boolean isClosed;

    /** How many characters the terminal shows. */
    record Size(int width, int height) {
        static final Size USUAL = new Size(80, 24);
    }

    private Screen(PrintWriter out, String saved) {
        this.out = out;
        this.saved = saved;
    }

    /**
     * Takes over the terminal.
     *
     * @param out writes to it
     * @param keys is told each key, on a thread of its own
     */
    static Screen open(PrintWriter out, IntConsumer keys) {
        try {
            var screen = new Screen(out, stty("-g"));
            stty("-icanon", "-echo", "min", "1", "time", "0");
            out.print(ENTER);
            out.flush();
            Thread reading = new Thread(() -> readKeys(keys), "keys");
            reading.setDaemon(true); // waits for keys until the process ends
            reading.start();
            return screen;
        } catch (IOException e) {
            throw new CommandFailedException(
                    "the terminal cannot be used (" + e.getMessage() + "); --once shows the figures without one");
        }
    }

    private static void readKeys(IntConsumer keys) {
        try (InputStream terminal = new FileInputStream(TERMINAL)) {
            for (int key = terminal.read(); key >= 0; key = terminal.read()) {
                keys.accept(key);
            }
        } catch (IOException e) {
            // The terminal is gone; SIGHUP tells of it.
        }
    }

    /** How large the terminal is just now; 80 by 24 if it does not know. */
    static Size size() {
        try {
            String[] answer = stty("size").split(" ");
            int height = Integer.parseInt(answer[0]);
            int width = Integer.parseInt(answer[1]);
            return height > 0 && width > 0 ? new Size(width, height) : Size.USUAL;
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Size.USUAL;
        }
    }

    /** Shows these lines in place of those before: in one piece, over what is there, so that nothing flickers. */
    synchronized void show(List<String> lines, Size size) {
        if (isClosed) {
            return;
        }
        var frame = new StringBuilder(HOME);
        int shown = Math.min(lines.size(), size.height());
        for (int i = 0; i < shown; i++) {
            frame.append(lines.get(i)).append(CLEAR_TO_END_OF_LINE);
            if (i < shown - 1) {
                frame.append("\r\n");
            }
        }
        if (shown < size.height()) { // else it would clear what is in the last place of the last line
            frame.append(CLEAR_BELOW);
        }
        out.print(frame);
        out.flush();
    }

    /** Gives the terminal back as it was. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        out.print(LEAVE);
        out.flush();
        try {
            stty(saved);
        } catch (IOException e) {
            // It is gone, and with it what there was to be restored.
        }
    }

    /** Runs stty on the terminal, wherever stdin comes from; what it answers. */
    private static String stty(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectInput(TERMINAL)
                .redirectErrorStream(true)
                .start();
        try {
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(STTY_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("stty: " + answer);
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
