package logyard.kato.log.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import logyard.config.ConfigPath;
import logyard.core.drain.DrainUri;
import logyard.kato.TestKato;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import logyard.kato.output.Output;

/** A stream as an operator has it, on a node called 127.0.0.1; the test is the nodes that send. */
public abstract class TypedStream {
    protected static final String EVENT =
            "systail.dea.10.0.0.7 {\"name\":\"dea\",\"text\":\"Ready\",\"node_id\":\"10.0.0.7\"}";

    protected final TestKato cluster = new TestKato().onNode("127.0.0.1");
    protected final StringWriter out = new StringWriter();
    protected final StringWriter err = new StringWriter();
    protected final CompletableFuture<Runnable> interrupt = new CompletableFuture<>();

    protected CompletableFuture<Integer> start(String... command) {
        return start(new Output(out), command);
    }

    protected CompletableFuture<Integer> start(Output stdout, String... command) {
        var console = new Console(stdout, new PrintWriter(err, true), Colors.NONE);
        var status = new CompletableFuture<Integer>();
        new Thread(() -> status.complete(cluster.kato(console, interrupt::complete, command)), "kato").start();
        await().untilAsserted(() -> assertThat(drainNames()).hasSize(1));
        return status;
    }

    protected String drainName() {
        return drainNames().first();
    }

    private SortedSet<String> drainNames() {
        SortedSet<String> names = cluster.tree.names(ConfigPath.DRAINS);
        return names.tailSet("tmp.");
    }

    protected Socket connectAsNode() throws IOException {
        String[] target = DrainUri.parse(cluster.drain(drainName())).host().split(":");
        return new Socket(target[0], Integer.parseInt(target[1]));
    }

    protected static void send(Socket node, String line) throws IOException {
        node.getOutputStream().write((line + "\n").getBytes(UTF_8));
    }

    protected void interrupt() throws Exception {
        interrupt.get(60, TimeUnit.SECONDS).run();
    }
}
