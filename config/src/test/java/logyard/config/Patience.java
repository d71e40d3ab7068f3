package logyard.config;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long the tests of all modules wait for what is to happen, where they do not say it themselves: longer than the
 * slowest machine needs, since a wait that is not in vain ends when the condition is met. JUnit finds it by {@code
 * META-INF/services}; {@code junit-platform.properties} tells it to look there.
 */
public final class Patience implements BeforeAllCallback {
    /** Of Awaitility, whose own default is 10 s. */
    public static final Duration ENOUGH = Duration.ofMinutes(1);

    @Override
    public void beforeAll(ExtensionContext test) {
        Awaitility.setDefaultTimeout(ENOUGH);
    }
}
