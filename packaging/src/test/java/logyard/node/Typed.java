package logyard.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the distribution as an operator types it on a node, which runs until it is told to end. */
final class Typed implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    private Typed(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Types it; what it says goes to files in {@code folder}. */
    static Typed start(Path folder, TestNode node, String... arguments) throws IOException {
        Path out = Files.createTempFile(folder, "typed", ".out");
        Path err = Files.createTempFile(folder, "typed", ".err");
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT,HUP,TERM"));
        command.addAll(node.command("kato", arguments));
        return new Typed(
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start(),
                out,
                err);
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Sends a signal, such as {@code INT}, and waits for the end; the exit status. */
    int end(String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
        assertThat(status).isZero();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(err()).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
