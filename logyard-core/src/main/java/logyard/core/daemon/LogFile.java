package logyard.core.daemon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon's own log in {@code logs.dir}: 1 MB, and three older ones (spec 00 §2). systail reads it like any other.
 */
final class LogFile {
    /** What the original's daemons print; cloud_events knows {@code WARN -- } and {@code ERROR -- } by it. */
    private static final String PATTERN = "%d{yyyy/MM/dd HH:mm:ss} %level -- %msg%n%ex";

    private static final String MAX_SIZE = "1MB";
    private static final int KEPT = 3;

    private LogFile() {}

    /** Writes the log of {@code process} to a file, too, if its folder is there and may be written. */
    static void open(Path folder, String process) {
        Logger root = LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            root.info("Not writing a log file: the folder {} is not there or may not be written", folder);
            return;
        }
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            Path file = folder.resolve(process + ".log");
            var appender = new RollingFileAppender<ILoggingEvent>();
            appender.setContext(context);
            appender.setName("file");
            appender.setFile(file.toString());
            appender.setEncoder(encoder(context));
            appender.setTriggeringPolicy(trigger(context));
            appender.setRollingPolicy(window(context, appender, file));
            appender.start();
            ch.qos.logback.classic.Logger logger = context.getLogger(Logger.ROOT_LOGGER_NAME);
            logger.setLevel(Level.INFO);
            logger.addAppender(appender);
        }
    }

    private static PatternLayoutEncoder encoder(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static SizeBasedTriggeringPolicy<ILoggingEvent> trigger(LoggerContext context) {
        var trigger = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        trigger.setContext(context);
        trigger.setMaxFileSize(FileSize.valueOf(MAX_SIZE));
        trigger.start();
        return trigger;
    }

    private static FixedWindowRollingPolicy window(
            LoggerContext context, RollingFileAppender<ILoggingEvent> appender, Path file) {
        var window = new FixedWindowRollingPolicy();
        window.setContext(context);
        window.setParent(appender);
        window.setFileNamePattern(file + ".%i");
        window.setMinIndex(1);
        window.setMaxIndex(KEPT);
        window.start();
        return window;
    }
}
