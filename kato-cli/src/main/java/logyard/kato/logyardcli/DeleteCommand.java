package logyard.kato.logyardcli;

import java.util.List;
import java.util.concurrent.Callable;
import logyard.kato.command.CommandFailedException;
import logyard.kato.log.drain.ConfiguredDrains;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logyard-cli delete}. */
@Command(name = "delete", description = "Delete drains, up to the first that there is none of.")
final class DeleteCommand implements Callable<Integer> {
    private final ConfiguredDrains drains;
    private final Console console;

    @Mixin
    private JsonFlag json;

    @Option(
            names = {"-force", "--force"},
            description = "Delete built-in drains, too.")
    private boolean force;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Their names.")
    private List<String> names = List.of();

    DeleteCommand(ConfiguredDrains drains, Console console) {
        this.drains = drains;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (names.isEmpty()) {
            throw new CommandFailedException("need at least one name");
        }
        for (String name : names) {
            drains.delete(name, force);
            if (json.format().isEmpty()) {
                console.out().println("Deleted drain " + name);
            }
        }
        json.format().ifPresent(format -> console.out().println("{}"));
        return ExitCode.OK;
    }
}
