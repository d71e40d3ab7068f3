package logyard.kato.command;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The option that every command has. */
public final class HelpOption {
    private HelpOption() {}

    /** Gives it to a command and all commands below it. */
    public static void addTo(CommandLine command, String... names) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder(names)
                        .type(boolean.class)
                        .usageHelp(true)
                        .description("Show this help, and end.")
                        .build());
        command.getSubcommands().values().forEach(below -> addTo(below, names));
    }
}
