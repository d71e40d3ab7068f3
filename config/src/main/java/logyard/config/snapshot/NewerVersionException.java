package logyard.config.snapshot;

import java.io.IOException;

/** A file whose format this Logyard does not know yet. */
final class NewerVersionException extends IOException {
    private static final long serialVersionUID = 1;

    NewerVersionException(int found, int known) {
        super("it is of version " + found + ", written by a newer Logyard; this one knows versions up to " + known);
    }
}
