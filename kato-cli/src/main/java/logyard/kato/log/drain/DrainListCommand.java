package logyard.kato.log.drain;

import java.util.concurrent.Callable;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import logyard.kato.output.DocumentOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kato log drain list}. */
@Command(
        name = "list",
        description = "List all drains and where they send.",
        footer = {"", "Example: kato log drain list --json"})
public final class DrainListCommand implements Callable<Integer>, ReadsOnly {
    private final ConfiguredDrains drains;
    private final Console console;

    @Mixin
    private DocumentOptions document;

    @Option(names = "--show-secrets", description = "Show passwords and tokens in URIs, too.")
    private boolean showSecrets;

    public DrainListCommand(ConfiguredDrains drains, Console console) {
        this.drains = drains;
        this.console = console;
    }

    @Override
    public Integer call() {
        new DrainList(drains.uris(), showSecrets).print(console, document.format());
        return ExitCode.OK;
    }
}
