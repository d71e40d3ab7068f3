package logyard.core.template.function;

import static logyard.core.template.function.Function.ANY_NUMBER;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logyard.core.template.format.Printf;
import logyard.core.template.format.Printing;
import logyard.core.template.text.ByteOutput;
import logyard.core.template.value.BoolValue;
import logyard.core.template.value.NilValue;
import logyard.core.template.value.StringValue;
import logyard.core.template.value.Value;

/** The table of functions. */
public final class Functions {
    /** No text may become longer, neither a function's result nor the whole output of a record. */
    public static final int MAX_TEXT_BYTES = 1 << 20;

    private static final Map<String, Function> ALL = Stream.of(
                    new Function("call", 1, ANY_NUMBER, Functions::call),
                    new Function("eq", 1, ANY_NUMBER, Comparison::eq),
                    new Function("ge", 2, 2, pair((a, b) -> Comparison.compare(a, b) >= 0)),
                    new Function("gt", 2, 2, pair((a, b) -> Comparison.compare(a, b) > 0)),
                    new Function("html", 0, ANY_NUMBER, arguments -> text(out -> Escapes.html(join(arguments), out))),
                    new Function("index", 1, ANY_NUMBER, Indexing::index),
                    new Function("js", 0, ANY_NUMBER, arguments -> text(out -> Escapes.js(join(arguments), out))),
                    new Function("le", 2, 2, pair((a, b) -> Comparison.compare(a, b) <= 0)),
                    new Function("len", 1, 1, arguments -> Indexing.length(arguments.get(0))),
                    new Function("lt", 2, 2, pair((a, b) -> Comparison.compare(a, b) < 0)),
                    new Function("ne", 2, 2, pair((a, b) -> !Comparison.equal(a, b))),
                    new Function(
                            "not",
                            1,
                            1,
                            arguments -> new BoolValue(!arguments.get(0).isTrue())),
                    new Function("print", 0, ANY_NUMBER, arguments -> text(out -> Printing.print(arguments, out))),
                    new Function("printf", 1, ANY_NUMBER, Functions::printf),
                    new Function(
                            "println", 0, ANY_NUMBER, arguments -> text(out -> Printing.printLine(arguments, out))),
                    new Function("slice", 1, ANY_NUMBER, Indexing::slice),
                    new Function(
                            "urlquery",
                            0,
                            ANY_NUMBER,
                            arguments -> text(out -> Escapes.urlQuery(join(arguments), out))))
            .collect(Collectors.toUnmodifiableMap(Function::name, function -> function));

    private Functions() {}

    /** The function of that name, if there is one. */
    public static Optional<Function> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    @FunctionalInterface
    private interface Test {
        boolean holds(Value first, Value second);
    }

    private static Function.Body pair(Test test) {
        return arguments -> new BoolValue(test.holds(arguments.get(0), arguments.get(1)));
    }

    private static Value call(List<Value> arguments) {
        Value function = arguments.get(0);
        if (function instanceof NilValue) {
            throw new FunctionException("call of nil");
        }
        throw new FunctionException("non-function of type " + function.typeName());
    }

    private static Value printf(List<Value> arguments) {
        if (arguments.get(0) instanceof StringValue format) {
            return text(out -> Printf.print(format.bytes(), arguments.subList(1, arguments.size()), out));
        }
        throw new FunctionException("wrong type for the format; expected string; got "
                + arguments.get(0).typeName());
    }

    /** What the escaping functions escape: all arguments as {@code print} shows them, nil as {@code <no value>}. */
    private static byte[] join(List<Value> arguments) {
        if (arguments.size() == 1 && arguments.get(0) instanceof StringValue string) {
            return string.bytes();
        }
        List<Value> printable = arguments.stream()
                .map(value -> value instanceof NilValue ? StringValue.of("<no value>") : value)
                .toList();
        return text(out -> Printing.print(printable, out)).bytes();
    }

    private static StringValue text(Consumer<ByteOutput> writer) {
        ByteOutput out = new ByteOutput(64);
        out.allowMore(MAX_TEXT_BYTES);
        writer.accept(out);
        return new StringValue(out.toByteArray());
    }
}
