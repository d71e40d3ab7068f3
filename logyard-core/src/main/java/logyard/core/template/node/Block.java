package logyard.core.template.node;

import java.util.List;
import logyard.core.template.value.Value;

/** Statements one after the other: a whole template, or what stands between an {@code if} and its {@code end}. */
public record Block(List<Statement> statements) implements Statement {
    /** A block that does nothing, such as an {@code else} that is not there. */
    public static final Block EMPTY = new Block(List.of());

    public Block {
        statements = List.copyOf(statements);
    }

    @Override
    public Flow execute(Execution run, Value dot) {
        run.enter();
        run.spend(statements.size());
        Flow flow = Flow.NEXT;
        for (int i = 0; i < statements.size() && flow == Flow.NEXT; i++) {
            flow = statements.get(i).execute(run, dot);
        }
        run.leave();
        return flow;
    }

    /** Whether there is nothing in it but white space; a template may be defined anew over such a one. */
    public boolean isBlank() {
        return statements.stream().allMatch(statement -> statement instanceof TextStatement text && text.isBlank());
    }
}
