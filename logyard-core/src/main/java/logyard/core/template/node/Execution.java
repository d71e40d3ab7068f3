package logyard.core.template.node;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import logyard.core.template.format.Formatter;
import logyard.core.template.text.ByteOutput;
import logyard.core.template.value.NilValue;
import logyard.core.template.value.Value;

/**
 * One rendering of one record: the output, the variables, and what work is left to spend. One execution, one thread.
 *
 * <p>The bounds hold whatever the template and the record: {@link #MAX_STEPS} of work, {@link #MAX_DEPTH} levels of
 * blocks and calls, and what the output allows.
 */
public final class Execution {
    /** Statements, iterations and function arguments; a long text counts more than once. */
    static final int MAX_STEPS = 1_000_000;

    /** Blocks within blocks, and templates calling one another. */
    static final int MAX_DEPTH = 80;

    private static final byte[] NO_VALUE = "<no value>".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, Block> templates;
    private final Value data;
    private final boolean oneLine;
    private final ByteOutput out;
    private final Formatter formatter;
    private Variables variables;
    private int stepsLeft = MAX_STEPS;
    private int depth;

    /**
     * Makes ready to execute a template on one record.
     *
     * @param templates what {@code {{template}}} can call
     * @param data what {@code .} and {@code $} are at first
     * @param oneLine whether line breaks in what actions print become spaces
     */
    public Execution(Map<String, Block> templates, Value data, boolean oneLine, ByteOutput out) {
        this.templates = templates;
        this.data = data;
        this.oneLine = oneLine;
        this.out = out;
        this.formatter = new Formatter(out);
        this.variables = new Variables(data);
    }

    ByteOutput out() {
        return out;
    }

    Value record() {
        return data;
    }

    Variables variables() {
        return variables;
    }

    Optional<Block> template(String name) {
        return Optional.ofNullable(templates.get(name));
    }

    /** Executes another template. */
    void call(Block template, Value dot) {
        Variables callers = variables;
        variables = new Variables(dot);
        template.execute(this, dot);
        variables = callers;
    }

    /** Goes one level down. */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new BoundsException("nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    /** Comes back from one level down. After a failure the execution is of no more use, so that one need not. */
    void leave() {
        depth--;
    }

    /** Takes note of work done. */
    void spend(int steps) {
        stepsLeft -= steps;
        if (stepsLeft < 0) {
            throw new BoundsException("more than " + MAX_STEPS + " steps on one record");
        }
    }

    /** Writes what an action has come to. */
    void print(Value value) {
        int start = out.length();
        if (value instanceof NilValue) {
            out.write(NO_VALUE);
        } else {
            formatter.print(value);
        }
        if (oneLine) {
            out.blankLineBreaks(start);
        }
    }
}
