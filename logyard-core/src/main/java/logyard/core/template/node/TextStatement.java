package logyard.core.template.node;

import java.nio.charset.StandardCharsets;
import logyard.core.template.value.Value;

/** Text between actions, which is copied as it is. */
@SuppressWarnings("ArrayRecordComponent")
public record TextStatement(byte[] text) implements Statement {
    public TextStatement(String text) {
        this(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Flow execute(Execution run, Value dot) {
        run.out().write(text);
        return Flow.NEXT;
    }

    boolean isBlank() {
        for (byte b : text) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return false;
            }
        }
        return true;
    }
}
