package logyard.core.template.text;

/** More was written than {@link ByteOutput#allowMore} permits. */
public final class OutputLimitException extends RuntimeException {
    OutputLimitException(int allowedBytes) {
        super("output is larger than " + allowedBytes + " bytes", null, false, false);
    }
}
