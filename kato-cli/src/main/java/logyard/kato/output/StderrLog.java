package logyard.kato.output;

import logyard.core.drain.Masking;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The log of a command: warnings and errors of our own modules go to stderr, one line each, and all else nowhere. What
 * libraries complain about, they tell their caller, too.
 *
 * <p>Takes the place of Logback, which the daemons on the same class path use, and which would take longer to start than
 * most commands run.
 */
public final class StderrLog implements SLF4JServiceProvider {
    private final ILoggerFactory loggers = StderrLogger::new;
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    /** Is used from now on; call it before anything asks for a logger. */
    public static void install() {
        System.setProperty("slf4j.provider", StderrLog.class.getName());
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // it would tell that it obeys the line above
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}

    private static final class StderrLogger extends LegacyAbstractLogger {
        private final boolean ours;

        private StderrLogger(String name) {
            this.name = name;
            this.ours = name.startsWith("logyard.");
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return false;
        }

        @Override
        public boolean isWarnEnabled() {
            return ours;
        }

        @Override
        public boolean isErrorEnabled() {
            return ours;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String message,
                Object @Nullable [] arguments,
                @Nullable Throwable error) {
            System.err.println(
                    level + ": " + Printable.text(Masking.text(MessageFormatter.basicArrayFormat(message, arguments))));
            if (error != null) {
                error.printStackTrace();
            }
        }
    }
}
