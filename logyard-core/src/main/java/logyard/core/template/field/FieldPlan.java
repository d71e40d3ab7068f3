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
    private final WantedField root;
    private final int fields;
    private final List<Part> parts;

    private FieldPlan(WantedField root, List<Part> parts) {
        this.root = root;
        this.fields = root.settle(0);
        this.parts = List.copyOf(parts);
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
        WantedField root = WantedField.root();
        List<Part> parts = new ArrayList<>();
        for (Statement statement : template.statements()) {
            Optional<Part> part = part(root, statement);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return Optional.of(new FieldPlan(root, parts));
    }

    WantedField root() {
        return root;
    }

    /** How many numbers the wanted fields take. */
    int fields() {
        return fields;
    }

    List<Part> parts() {
        return parts;
    }

    private static Optional<Part> part(WantedField root, Statement statement) {
        if (statement instanceof TextStatement text) {
            return Optional.of(new FixedText(text.text()));
        }
        if (statement instanceof ActionStatement action
                && action.pipeline().variables().isEmpty()
                && action.pipeline().commands().size() == 1
                && action.pipeline().commands().get(0) instanceof PlainCommand command
                && !command.hasArguments()
                && command.operand() instanceof FieldAccess access
                && access.base() instanceof Dot) {
            return Optional.of(chain(root, access));
        }
        return Optional.empty();
    }

    private static Chain chain(WantedField root, FieldAccess access) {
        Field first = access.fields().get(0);
        List<WantedField> path = path(root, first.key(), access.fields());
        List<WantedField> successor = path(root, first.successor(), access.fields());
        return new Chain(access, path, successor);
    }

    private static List<WantedField> path(WantedField root, StringValue firstKey, List<Field> fields) {
        List<WantedField> path = new ArrayList<>();
        WantedField last = root.want(firstKey);
        path.add(last);
        for (Field field : fields.subList(1, fields.size())) {
            last = last.want(field.key());
            path.add(last);
        }
        return path;
    }
}
