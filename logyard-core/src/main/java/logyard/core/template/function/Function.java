package logyard.core.template.function;

import java.util.List;
import java.util.Optional;
import logyard.core.template.value.Value;

/**
 * A function a template may call.
 *
 * @param least the number of arguments it needs
 * @param most the number it takes at most
 */
public record Function(String name, int least, int most, Body body) {
    static final int ANY_NUMBER = Integer.MAX_VALUE;

    /** What the function does. */
    @FunctionalInterface
    interface Body {
        Value apply(List<Value> arguments);
    }

    /** What is wrong with that number of arguments, if anything. */
    public Optional<String> complaintAbout(int arguments) {
        return complaintAbout(name, least, most, arguments);
    }

    /** What is wrong with that number of arguments of any function. */
    public static Optional<String> complaintAbout(String name, int least, int most, int arguments) {
        if (arguments >= least && arguments <= most) {
            return Optional.empty();
        }
        String wanted = least == most ? "want " + least : "want at least " + least;
        return Optional.of("wrong number of args for " + name + ": " + wanted + " got " + arguments);
    }

    /**
     * The function's result for the right number of arguments.
     *
     * @throws FunctionException if they are of the wrong type or out of range
     */
    public Value call(List<Value> arguments) {
        return body.apply(arguments);
    }
}
