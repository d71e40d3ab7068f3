package logyard.core.daemon;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of this Logyard, from its jar. */
public final class Version implements IVersionProvider {
    /** Such as {@code 1.0.0}; {@code development} when not run from a jar. */
    public static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"logyard " + text()};
    }
}
