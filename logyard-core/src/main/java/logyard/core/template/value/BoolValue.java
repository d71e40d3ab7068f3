package logyard.core.template.value;

/** {@code true} or {@code false}. */
public record BoolValue(boolean isTrue) implements Value {
    @Override
    public String typeName() {
        return "bool";
    }
}
