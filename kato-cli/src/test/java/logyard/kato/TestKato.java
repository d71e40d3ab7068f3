package logyard.kato;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.core.daemon.Settings;
import logyard.core.drain.DrainTypes;
import logyard.kato.command.Cluster;
import logyard.kato.command.Interrupts;
import logyard.kato.logyardcli.LogyardCli;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import logyard.kato.output.Output;

/** Types commands, on a node called 10.0.0.5 of a cluster whose tree is in memory. */
public final class TestKato {
    public static final String NODE = "10.0.0.5";

    /** A folder that is there: surefire runs tests in their module's, which has this one. */
    private static final String TARGET = Path.of("target").toAbsolutePath().toString();

    public final InMemoryConfigTree tree = new InMemoryConfigTree();
    private Supplier<DrainTypes> types = DrainTypes::installed;
    private Colors colors = Colors.NONE;
    private String node = NODE;
    private String input = "";
    private String logs = TARGET;

    /** What came of a command. */
    public record Result(int status, String out, String err) {
        /** What a command printed that succeeded without a word of complaint. */
        public String output() {
            if (status != 0 || !err.isEmpty()) {
                throw new AssertionError("Not a success: " + this);
            }
            return out;
        }
    }

    /** No drain type is on the class path. */
    public TestKato withoutDrainTypes() {
        types = () -> new DrainTypes(List.of());
        return this;
    }

    /** The terminal shows colours. */
    public TestKato withColors(Colors colors) {
        this.colors = colors;
        return this;
    }

    /** This node has another address. */
    public TestKato onNode(String node) {
        this.node = node;
        return this;
    }

    /** What is typed, or comes through a pipe, after the command. */
    public TestKato withInput(String input) {
        this.input = input;
        return this;
    }

    /** There is a folder for logs, where there was none. */
    public TestKato withLogs(Path folder) {
        logs = folder.toString();
        return this;
    }

    /** There is a drain already. */
    public TestKato withDrain(String name, String uri) {
        tree.set(ConfigPath.DRAINS.child(name), TextNode.valueOf(uri));
        return this;
    }

    /** The URI of a drain as the tree holds it; null if there is none. */
    public String drain(String name) {
        return tree.read(ConfigPath.DRAINS.child(name))
                .map(uri -> uri.textValue())
                .orElse(null);
    }

    /** Types a command of kato. */
    public Result kato(String... arguments) {
        return captured(console -> kato(console, stop -> {}, arguments));
    }

    /** Types a command of kato that may be interrupted, and shows elsewhere what it shows. */
    public int kato(Console console, Interrupts interrupts, String... arguments) {
        String[] all = Stream.concat(
                        Stream.of("--set", "node.ip=" + node, "--set", "logs.dir=" + logs), Stream.of(arguments))
                .toArray(String[]::new);
        return new Kato(console, new ByteArrayInputStream(input.getBytes(UTF_8)), settings -> tree, types, interrupts)
                .run(all);
    }

    /** Types a command of logyard-cli. */
    public Result logyardCli(String... arguments) {
        var settings = Settings.load(Optional.empty(), Map.of("node.ip", node, "logs.dir", logs), Map.of());
        return captured(console -> new LogyardCli(console, types, stop -> {})
                .runAsTyped(new Cluster(() -> settings, unused -> tree), arguments));
    }

    private Result captured(ToIntFunction<Console> command) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = command.applyAsInt(new Console(new Output(out), new PrintWriter(err, true), colors));
        return new Result(status, out.toString(), err.toString());
    }
}
