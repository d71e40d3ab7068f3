package logyard.kato.remote;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logyard.kato.action.Actions;
import logyard.kato.command.Cluster;
import logyard.kato.command.Interrupts;
import logyard.kato.command.ReadsOnly;
import logyard.kato.logyardcli.LogyardCli;
import logyard.kato.output.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code kato remote}. */
@Command(
        name = "remote",
        description = "Let programs on this node list, add and delete drains over HTTP, until SIGTERM or Ctrl-C.",
        footer = {
            "",
            "A call is a POST of {\"subcommand\":\"add\",\"arguments\":[\"-uri\",\"udp://h:1\",\"x\"]}: what follows logyard-cli."
                    + " The answer is what logyard-cli prints with -json, or {\"error\":\"…\"}. It is for the loopback only, and"
                    + " not for browsers. Without a token every user of this node can change drains.",
            "",
            "Example: kato remote --token-file /etc/logyard/remote.token"
        })
public final class RemoteCommand implements Callable<Integer>, ReadsOnly {
    private static final String HERE = "127.0.0.1:8891";
    private static final List<String> CALLS = List.of("list", "add", "delete", "status");

    private final Cluster cluster;
    private final RemoteCalls.Commands commands;
    private final Console console;
    private final Interrupts interrupts;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "IP:PORT",
            defaultValue = HERE,
            converter = Loopback.class,
            description = "Where: an address of the loopback, " + HERE + " if not given.")
    private InetSocketAddress address;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Let in only who knows what is in this file, which only its owner may read (mode 0600).")
    private @Nullable Path tokenFile;

    @Option(
            names = "--allow",
            paramLabel = "SUBCOMMAND",
            split = ",",
            description = "Which calls there are, of list, add, delete and status; all of them if not given.")
    private List<String> allowed = CALLS;

    /** @param commands makes the command line that calls are made of */
    public RemoteCommand(
            Cluster cluster, Console console, Interrupts interrupts, Function<Console, LogyardCli> commands) {
        this.cluster = cluster;
        this.commands = commands::apply;
        this.console = console;
        this.interrupts = interrupts;
    }

    /** An address that only this host can reach. */
    static final class Loopback implements ITypeConverter<InetSocketAddress> {
        private static final Pattern ADDRESS =
                Pattern.compile("(127(?:\\.\\d{1,3}){3}|\\[::1]|localhost):(\\d{1,5})", Pattern.CASE_INSENSITIVE);
        private static final int LAST_PORT = 65535;

        @Override
        public InetSocketAddress convert(String value) throws UnknownHostException {
            Matcher matcher = ADDRESS.matcher(value);
            if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > LAST_PORT) {
                throw new TypeConversionException(
                        "must be an address of the loopback and a port, such as " + HERE + ", got \"" + value + "\"");
            }
            return new InetSocketAddress(InetAddress.getByName(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Set<String> calls = new LinkedHashSet<>(allowed);
        calls.stream().filter(call -> !CALLS.contains(call)).findFirst().ifPresent(call -> {
            throw new ParameterException(
                    spec.commandLine(), "--allow takes " + String.join(", ", CALLS) + ", got \"" + call + "\"");
        });
        Optional<BearerToken> token = Optional.ofNullable(tokenFile).map(BearerToken::read);
        if (token.isEmpty()) {
            console.warn("every user of this node may " + String.join(", ", calls) + " drains; --token-file asks them"
                    + " for a token");
        }
        var end = new CountDownLatch(1);
        interrupts.onInterrupt(end::countDown);
        var remoteCalls = new RemoteCalls(cluster, commands, new Actions(cluster, console), calls);
        try (var server = RemoteServer.open(address, remoteCalls, token)) {
            console.out().println("Listening at " + server.address());
            end.await();
        }
        return ExitCode.OK;
    }
}
