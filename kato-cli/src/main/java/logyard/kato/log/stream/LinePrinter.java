package logyard.kato.log.stream;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import logyard.kato.log.line.LineRenderer;
import logyard.kato.output.Console;

/** Prints lines as they come, until nobody reads them any more. Any thread. */
public final class LinePrinter implements LiveEvents {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);

    private final Console console;
    private final LineRenderer renderer;
    private final Optional<Clock> clock;
    private final Runnable outputClosed;
    private volatile boolean isStopped;

    /**
     * Prints to a console.
     *
     * @param clock tells the time that is put in front of each line; none is if empty
     * @param outputClosed is called when there is nobody who reads the lines
     */
    public LinePrinter(Console console, LineRenderer renderer, Optional<Clock> clock, Runnable outputClosed) {
        this.console = console;
        this.renderer = renderer;
        this.clock = clock;
        this.outputClosed = outputClosed;
    }

    /** Prints an event, {@code <key> <json>}, if it is to be shown. */
    @Override
    public void line(String event) {
        if (!isStopped) {
            renderer.render(event).ifPresent(this::print);
        }
    }

    /** Tells the operator something that is no event. */
    @Override
    public void notice(String text) {
        if (!isStopped) {
            console.warn(text);
        }
    }

    private void print(String line) {
        String time =
                clock.map(now -> TIME.format(ZonedDateTime.now(now)) + " ").orElse("");
        console.out().println(time + line);
        if (console.out().checkError()) {
            stop();
            outputClosed.run();
        }
    }

    /** Prints nothing from now on. */
    @Override
    public void stop() {
        isStopped = true;
    }
}
