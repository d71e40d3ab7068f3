package logyard.core.template.value;

/** A complex literal such as {@code 1+2i}: nobody logs with it, but Go has it. */
public record ComplexValue(double real, double imaginary) implements Value {
    @Override
    public String typeName() {
        return "complex128";
    }

    @Override
    public boolean isTrue() {
        return real != 0 || imaginary != 0;
    }
}
