package logyard.core.tail.file;

import java.io.IOException;
import java.nio.file.Path;

/** Files beside a log are being renamed, so that it cannot be said which is which; it is over in a moment. */
public final class RotationInProgressException extends IOException {
    public RotationInProgressException(Path log) {
        super("files beside " + log + " are being renamed");
    }
}
