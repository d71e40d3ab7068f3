package logyard.core.template.format;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import logyard.core.template.text.ByteOutput;
import logyard.core.template.text.Utf8;
import logyard.core.template.value.IntValue;
import logyard.core.template.value.JsonInteger;
import logyard.core.template.value.Value;

/** One call of Go's {@code printf}: walks over the format and hands each verb the next argument. */
public final class Printf {
    private final String format;
    private final List<Value> arguments;
    private final ByteOutput out;
    private final Formatter formatter;
    private final Flags flags;
    private int at;
    private int argument;

    /** Whether an index such as {@code [2]} stood anywhere, so that unused arguments are no mistake. */
    private boolean reordered;

    /** Whether the index of the current verb led to an argument. */
    private boolean indexIsGood;

    /** Whether the last thing read was an index. */
    private boolean afterIndex;

    private Printf(byte[] format, List<Value> arguments, ByteOutput out) {
        // One char per byte: all that matters is ASCII, and what is not is passed on as it is.
        this.format = new String(format, StandardCharsets.ISO_8859_1);
        this.arguments = arguments;
        this.out = out;
        this.formatter = new Formatter(out);
        this.flags = formatter.flags();
    }

    /** Prints the arguments as the format says; mistakes are marked in the output, as Go does. */
    public static void print(byte[] format, List<Value> arguments, ByteOutput out) {
        new Printf(format, arguments, out).run();
    }

    private void run() {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            int end = percent < 0 ? format.length() : percent;
            out.write(format.substring(at, end).getBytes(StandardCharsets.ISO_8859_1));
            at = end + 1;
            if (percent >= 0) {
                printVerb();
            }
        }
        if (!reordered && argument < arguments.size()) {
            printExtra();
        }
    }

    private void printVerb() {
        flags.clear();
        indexIsGood = true;
        afterIndex = false;
        while (at < format.length() && flags.take(format.charAt(at))) {
            at++;
        }
        readIndex();
        readWidth();
        if (at < format.length() && format.charAt(at) == '.') {
            readPrecision();
        }
        if (!afterIndex) {
            readIndex();
        }
        if (at >= format.length()) {
            out.write("%!(NOVERB)");
            return;
        }
        byte[] rest = format.substring(at, Math.min(at + 4, format.length())).getBytes(StandardCharsets.ISO_8859_1);
        int verb = Utf8.decode(rest, 0, rest.length);
        at += Utf8.size(verb);
        printArgument(verb);
    }

    private void printArgument(int verb) {
        if (verb == '%') {
            out.write('%');
        } else if (!indexIsGood) {
            printMistake(verb, "(BADINDEX)");
        } else if (argument >= arguments.size()) {
            printMistake(verb, "(MISSING)");
        } else {
            if (verb == 'v') {
                flags.turnToGoSyntax();
            }
            formatter.print(arguments.get(argument++), verb);
        }
    }

    private void printMistake(int verb, String mistake) {
        out.write("%!");
        out.writeRune(verb);
        out.write(mistake);
    }

    private void printExtra() {
        flags.clear();
        out.write("%!(EXTRA ");
        for (int i = argument; i < arguments.size(); i++) {
            if (i > argument) {
                out.write(", ");
            }
            formatter.printTyped(arguments.get(i));
        }
        out.write(')');
    }

    private void readWidth() {
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            OptionalInt width = integerArgument();
            width.ifPresentOrElse(flags::takeWidth, () -> out.write("%!(BADWIDTH)"));
            afterIndex = false;
        } else {
            flags.width = readNumber();
            if (afterIndex && flags.width != Flags.ABSENT) {
                indexIsGood = false;
            }
        }
    }

    private void readPrecision() {
        at++;
        if (afterIndex) {
            indexIsGood = false;
        }
        readIndex();
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            OptionalInt precision = integerArgument();
            if (precision.isPresent() && precision.getAsInt() >= 0) {
                flags.precision = precision.getAsInt();
            } else {
                out.write("%!(BADPREC)");
            }
            afterIndex = false;
        } else {
            flags.precision = Math.max(readNumber(), 0);
        }
    }

    /** Reads an argument index such as {@code [2]}, if there is one. */
    private void readIndex() {
        afterIndex = false;
        if (at >= format.length() || format.charAt(at) != '[') {
            return;
        }
        reordered = true;
        int close = format.indexOf(']', at);
        if (close < 0 || format.length() - at < "[n]".length()) {
            at++;
            indexIsGood = false;
            return;
        }
        at++;
        int index = readNumber();
        afterIndex = index != Flags.ABSENT && at == close;
        if (afterIndex && index >= 1 && index <= arguments.size()) {
            argument = index - 1;
        } else {
            indexIsGood = false;
        }
        at = close + 1;
    }

    /** Reads digits; a number that is too large swallows the rest of the format, as in Go. */
    private int readNumber() {
        int number = Flags.ABSENT;
        while (at < format.length() && Character.digit(format.charAt(at), 10) >= 0) {
            number = Math.max(number, 0) * 10 + Character.digit(format.charAt(at), 10);
            if (number > Flags.LARGEST_WIDTH) {
                at = format.length();
                return Flags.ABSENT;
            }
            at++;
        }
        return number;
    }

    private OptionalInt integerArgument() {
        if (argument >= arguments.size()) {
            return OptionalInt.empty();
        }
        Value value = arguments.get(argument++);
        BigInteger integer;
        if (value instanceof IntValue number) {
            integer = BigInteger.valueOf(number.value());
        } else if (value instanceof JsonInteger number) {
            integer = number.integer();
        } else {
            return OptionalInt.empty();
        }
        boolean tooLarge = integer.abs().compareTo(BigInteger.valueOf(Flags.LARGEST_WIDTH)) > 0;
        return tooLarge ? OptionalInt.empty() : OptionalInt.of(integer.intValue());
    }
}
