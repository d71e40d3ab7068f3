package logyard.core.template.value;

/** Nothing, of which Go knows two kinds. They print alike; only a field asked of them tells them apart. */
public enum NilValue implements Value {
    /** There is no such field. A field of it is missing as well. */
    MISSING,

    /** JSON's {@code null}. A field of it is an error. */
    NULL;

    @Override
    public String typeName() {
        return "<nil>";
    }

    @Override
    public boolean isTrue() {
        return false;
    }
}
