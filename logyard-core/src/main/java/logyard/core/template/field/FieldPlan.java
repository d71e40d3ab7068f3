package logyard.core.template.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logyard.core.template.node.ActionStatement;
import logyard.core.template.node.Block;
import logyard.core.template.node.Dot;
import logyard.core.template.node.FieldAccess;
import logyard.core.template.node.FieldAccess.Field;
import logyard.core.template.node.PlainCommand;
import logyard.core.template.node.Statement;
import logyard.core.template.node.TextStatement;
import logyard.core.template.value.StringValue;

/** A template of text and field chains only. Immutable, free for all threads. */
public final class FieldPlan {
    /** Fields are looked for one after the other, which is quick for as many as a format has. */
    private static final int MOST_STATEMENTS = 200;

    private final WantedField record;
    private final List<Part> parts;

    private FieldPlan(List<Statement> statements) {
        List<List<StringValue>> chains = new ArrayList<>();
        for (Statement statement : statements) {
            fieldsOf(statement).ifPresent(access -> {
                chains.add(keys(access));
                chains.add(successorKeys(access));
            });
        }
        this.record = WantedField.record(chains);
        this.parts = statements.stream().map(this::part).toList();
    }

    /** A piece of the output. */
    sealed interface Part permits FixedText, Chain {}

    /** Text between actions. */
    @SuppressWarnings("ArrayRecordComponent")
    record FixedText(byte[] bytes) implements Part {}

    /**
     * Such as {@code .syslog.time}.
     *
     * @param path the wanted fields it leads through
     * @param successor the path to take if the record has no field of the first name; mostly the same
     */
    record Chain(FieldAccess source, List<WantedField> path, List<WantedField> successor) implements Part {}

    /** The plan of a template, if it consists of nothing but text and field chains. */
    public static Optional<FieldPlan> of(Block template) {
        boolean possible = template.statements().size() <= MOST_STATEMENTS
                && template.statements().stream()
                        .allMatch(statement -> statement instanceof TextStatement
                                || fieldsOf(statement).isPresent());
        return possible ? Optional.of(new FieldPlan(template.statements())) : Optional.empty();
    }

    /** The record, with all that is wanted of it within. */
    WantedField record() {
        return record;
    }

    List<Part> parts() {
        return parts;
    }

    private Part part(Statement statement) {
        if (statement instanceof TextStatement text) {
            return new FixedText(text.text());
        }
        FieldAccess access = fieldsOf(statement).orElseThrow();
        return new Chain(access, record.path(keys(access)), record.path(successorKeys(access)));
    }

    private static Optional<FieldAccess> fieldsOf(Statement statement) {
        if (statement instanceof ActionStatement action
                && action.pipeline().variables().isEmpty()
                && action.pipeline().commands().size() == 1
                && action.pipeline().commands().get(0) instanceof PlainCommand command
                && !command.hasArguments()
                && command.operand() instanceof FieldAccess access
                && access.base() instanceof Dot) {
            return Optional.of(access);
        }
        return Optional.empty();
    }

    private static List<StringValue> keys(FieldAccess access) {
        return access.fields().stream().map(Field::key).toList();
    }

    private static List<StringValue> successorKeys(FieldAccess access) {
        List<StringValue> keys = new ArrayList<>(keys(access));
        keys.set(0, access.fields().get(0).successor());
        return keys;
    }
}
