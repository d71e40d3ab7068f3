package logyard.kato.logyardcli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import logyard.core.daemon.Settings;
import logyard.kato.command.Cluster;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import logyard.kato.output.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import picocli.CommandLine;

class RecvCommandTest {
    private final StringWriter err = new StringWriter();

    /** Runs it until it has printed a line and then finds its pipe closed; returns what it printed. */
    private String received(String event, String... flags) throws Exception {
        var context = ZMQ.context(1);
        var core = context.socket(SocketType.PUB);
        core.setLinger(0);
        int port = core.bindToRandomPort("tcp://127.0.0.1");
        var out = new PipeThatClosesAfterALine();
        var status = CompletableFuture.supplyAsync(() -> recv(out, "tcp://127.0.0.1:" + port, flags));

        do {
            core.send("other.x {}");
            core.send(event);
        } while (!hasEnded(status));
        core.close();
        context.term();
        assertThat(status.get()).isZero();
        return out.firstLine();
    }

    private static boolean hasEnded(CompletableFuture<Integer> status) throws Exception {
        try {
            status.get(1, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private int recv(OutputStream out, String address, String... flags) {
        var cluster = new Cluster(
                () -> Settings.load(Optional.empty(), Map.of("bus.subscribe", address), Map.of()), settings -> {
                    throw new AssertionError("It needs no tree");
                });
        var console =
                new Console(new Output(new OutputStreamWriter(out, UTF_8)), new PrintWriter(err, true), Colors.NONE);
        return new CommandLine(new RecvCommand(cluster, console)).execute(flags);
    }

    private static final class PipeThatClosesAfterALine extends OutputStream {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            if (firstLine().endsWith("\n")) {
                throw new IOException("Broken pipe");
            }
            written.write(b);
        }

        String firstLine() {
            return written.toString(UTF_8);
        }
    }

    @Test
    void showsEventsOfThisNodeUntilNobodyReadsThem() throws Exception {
        assertThat(received("event.x {\"a\":\"é\u009b\"}", "-filter", "event"))
                .isEqualTo("event.x {\"a\":\"é\\u009b\"}\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void leavesTheKeyOutIfAskedTo() throws Exception {
        assertThat(received("event.x {\"a\":1}", "--filter=event", "--hideprefix"))
                .isEqualTo("{\"a\":1}\n");
    }

    @Test
    void saysThatNoCoreRunsHere(@TempDir Path folder) {
        Path socket = folder.resolve("sub.sock");
        var closedPipe = new OutputStream() {
            @Override
            public void write(int b) {}

            @Override
            public void flush() throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        recv(closedPipe, "ipc://" + socket);

        assertThat(err.toString())
                .isEqualTo("WARN: there is no " + socket + " yet: logyard does not run on this node\n");
    }
}
