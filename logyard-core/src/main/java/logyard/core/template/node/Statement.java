package logyard.core.template.node;

import logyard.core.template.value.Value;

/** A part of a template that is executed for its output. */
public interface Statement {
    /** What to execute next. */
    enum Flow {
        /** The statement that follows. */
        NEXT,

        /** What follows the innermost range. */
        BREAK,

        /** The next item of the innermost range. */
        CONTINUE
    }

    /** Writes to the output of {@code run}, with {@code dot} as what {@code .} stands for. */
    Flow execute(Execution run, Value dot);
}
