package logyard.kato.logyardcli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What programs in Go take for flags, and picocli does not. */
final class GoFlags {
    /** As strconv.ParseBool. */
    private static final Set<String> YES = Set.of("1", "t", "T", "TRUE", "true", "True");

    private static final Set<String> NO = Set.of("0", "f", "F", "FALSE", "false", "False");

    private GoFlags() {}

    /** {@code -json=true} is {@code -json}, and {@code -json=false} is nothing; up to the first that is no flag. */
    static String[] withoutValuesOfSwitches(CommandSpec command, List<String> arguments) {
        List<String> plain = new ArrayList<>();
        int at = 0;
        while (at < arguments.size() && isFlag(arguments.get(at))) {
            String flag = arguments.get(at++);
            int equals = flag.indexOf('=');
            String name = equals < 0 ? flag : flag.substring(0, equals);
            String value = equals < 0 ? "" : flag.substring(equals + 1);
            OptionSpec option = command.findOption(name);
            boolean isSwitch = option != null && option.arity().max() == 0;
            if (isSwitch && YES.contains(value)) {
                plain.add(name);
            } else if (!isSwitch || !NO.contains(value)) {
                plain.add(flag);
            }
            if (option != null && !isSwitch && equals < 0 && at < arguments.size()) {
                plain.add(arguments.get(at++));
            }
        }
        plain.addAll(arguments.subList(at, arguments.size()));
        return plain.toArray(String[]::new);
    }

    private static boolean isFlag(String argument) {
        return argument.startsWith("-") && argument.length() > 1 && !argument.equals("--");
    }
}
