package logyard.kato.logyardcli;

import java.util.concurrent.Callable;
import logyard.kato.command.ReadsOnly;
import logyard.kato.log.drain.ConfiguredDrains;
import logyard.kato.log.drain.DrainList;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code logyard-cli list}. */
@Command(name = "list", description = "List all drains and where they send.")
final class ListCommand implements Callable<Integer>, ReadsOnly {
    private final ConfiguredDrains drains;
    private final Console console;

    @Mixin
    private JsonFlag json;

    @Option(
            names = {"-show-secrets", "--show-secrets"},
            description = "Show passwords and tokens in URIs, too.")
    private boolean showSecrets;

    ListCommand(ConfiguredDrains drains, Console console) {
        this.drains = drains;
        this.console = console;
    }

    @Override
    public Integer call() {
        new DrainList(drains.uris(), showSecrets).print(console, json.format());
        return ExitCode.OK;
    }
}
