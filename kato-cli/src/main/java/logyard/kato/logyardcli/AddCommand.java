package logyard.kato.logyardcli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.concurrent.Callable;
import logyard.core.drain.DrainUri;
import logyard.core.drain.DrainUriBuilder;
import logyard.kato.command.CommandFailedException;
import logyard.kato.log.drain.ConfiguredDrains;
import logyard.kato.log.drain.DrainParams;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logyard-cli add}. */
@Command(name = "add", description = "Add a drain with exactly what is given: without a filter it gets all, as JSON.")
final class AddCommand implements Callable<Integer> {
    private final ConfiguredDrains drains;
    private final Console console;

    @Mixin
    private JsonFlag json;

    @Option(
            names = {"-uri", "--uri"},
            paramLabel = "URI",
            description = "Where it sends, such as udp://logs.example.com:514.")
    private String uri = "";

    @Option(
            names = {"-filter", "--filter"},
            paramLabel = "PREFIX",
            description = "Which events: the beginning of their keys; may be repeated.")
    private List<String> filters = List.of();

    @Option(
            names = {"-o", "--o"},
            paramLabel = "KEY=VALUE",
            description = "A parameter, such as limit=200; may be repeated.")
    private List<String> params = List.of();

    @Option(
            names = {"-force", "--force"},
            description = "Replace a drain of that name, and allow builtin.* names.")
    private boolean force;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Its name.")
    private List<String> names = List.of();

    AddCommand(ConfiguredDrains drains, Console console) {
        this.drains = drains;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (names.size() != 1) {
            throw new CommandFailedException("need exactly one name, got " + names.size());
        }
        String name = names.get(0);
        String complete;
        try {
            complete = DrainUriBuilder.build(uri, filters, DrainParams.parse(params));
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()));
        }
        drains.add(name, complete, force);
        String shown = DrainUri.mask(complete);
        console.out()
                .println(json.format()
                        .map(format -> format.render(JsonNodeFactory.instance
                                .objectNode()
                                .put("name", name)
                                .put("uri", shown)))
                        .orElse("Added drain " + name + ": " + shown));
        return ExitCode.OK;
    }
}
