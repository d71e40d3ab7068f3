package logyard.core.template.value;

/** A number written with a point or an exponent, such as {@code 1.5} or {@code 1e3}. */
public record FloatValue(double value) implements Value {
    @Override
    public String typeName() {
        return "float64";
    }

    @Override
    public boolean isTrue() {
        return value != 0;
    }
}
