package logyard.core.template.value;

/** A value in a template. Immutable. */
public sealed interface Value
        permits BoolValue, ComplexValue, FloatValue, IntValue, JsonInteger, ListValue, MapValue, NilValue, StringValue {

    /** The type's name in Go, such as {@code map[string]interface {}}; error messages and {@code %T} show it. */
    String typeName();

    /** Whether {@code if} takes it for true: not false, zero, empty or nil. */
    boolean isTrue();
}
