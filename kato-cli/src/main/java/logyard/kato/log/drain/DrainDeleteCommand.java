package logyard.kato.log.drain;

import java.util.concurrent.Callable;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kato log drain delete}. */
@Command(
        name = "delete",
        description = "Delete a drain: no node sends to it any more.",
        footer = {"", "Example: kato log drain delete mine"})
public final class DrainDeleteCommand implements Callable<Integer> {
    private final ConfiguredDrains drains;
    private final Console console;

    @Option(names = "--force", description = "Delete it even if it is a built-in one.")
    private boolean force;

    @Parameters(paramLabel = "NAME", description = "Its name.")
    private String name = "";

    public DrainDeleteCommand(ConfiguredDrains drains, Console console) {
        this.drains = drains;
        this.console = console;
    }

    @Override
    public Integer call() {
        drains.delete(name, force);
        console.out().println("Deleted drain " + name);
        return ExitCode.OK;
    }
}
