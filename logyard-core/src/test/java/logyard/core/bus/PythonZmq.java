package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A Python script in a process of its own, to speak with the real libzmq: what it prints can be waited for line by line,
 * and it can be sent lines. One thread.
 */
public final class PythonZmq implements AutoCloseable {
    private static final String PYTHON = "/usr/bin/python3";
    private static final long PATIENCE_SECONDS = 120;
    private static final Optional<String> END = Optional.empty();

    private static final String PREAMBLE = """
            import json, struct, sys, time, zmq
            ctx = zmq.Context()
            def say(*words):
                print(*words, flush=True)
            def socket(kind, address, *filters):
                s = ctx.socket(kind)
                s.linger = 0
                for f in filters:
                    s.subscribe(f)
                s.connect(address)
                return s
            """;

    private final Process process;
    private final Writer input;
    private final BlockingQueue<Optional<String>> output = new LinkedBlockingQueue<>();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private PythonZmq(Process process) {
        this.process = process;
        this.input = process.outputWriter();
        new Thread(this::read, "python-output").start();
    }

    /**
     * Starts a script. It finds {@code json}, {@code struct}, {@code sys}, {@code time}, {@code zmq} imported, {@code
     * say(…)} for a line of output, {@code socket(zmq.SUB, address, filter…)}, and its arguments from {@code
     * sys.argv[1]} on.
     */
    public static PythonZmq start(String script, String... arguments) {
        requireZmq();
        return new PythonZmq(launch(PREAMBLE + script, arguments));
    }

    private static void requireZmq() {
        try {
            if (launch("import zmq").waitFor() != 0) {
                fail("This test needs the ZeroMQ of Python: apt-get install python3-zmq");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Process launch(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(PYTHON, "-c", script));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return fail("This test needs Python with ZeroMQ: apt-get install python3-zmq (%s)", e.getMessage());
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                seen.add(line);
                output.add(Optional.of(line));
            }
        } catch (IOException e) {
            // Killed by close.
        }
        output.add(END);
    }

    /** The next line it prints. */
    public String line() {
        try {
            Optional<String> line = output.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                return fail("Python is silent; before: %s", seen);
            }
            return line.orElseGet(() -> fail("Python ended: %s", seen));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends it a line, to be read with {@code input()}. */
    public void tell(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Python ended? It said: " + seen, e);
        }
    }

    /** Waits until it has ended well. */
    public void awaitEnd() {
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(process.exitValue()).as("%s", seen).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
