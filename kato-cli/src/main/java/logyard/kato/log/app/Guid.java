package logyard.kato.log.app;

import logyard.core.event.Keys;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name that an application goes by: a part of keys, of names of drains, and of names of lists. */
public final class Guid implements ITypeConverter<String> {
    /** As apptail allows it. */
    private static final int MAX_CHARACTERS = 128;

    @Override
    public String convert(String value) {
        if (!Keys.isName(value) || value.length() > MAX_CHARACTERS) {
            throw new TypeConversionException("the GUID of an application has 1 to " + MAX_CHARACTERS
                    + " letters, digits, dashes and underscores, got \"" + value + "\"");
        }
        return value;
    }
}
