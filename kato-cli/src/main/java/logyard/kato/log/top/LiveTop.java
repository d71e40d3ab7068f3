package logyard.kato.log.top;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import logyard.kato.command.Interrupts;
import logyard.kato.output.Console;

/** The table on the terminal, drawn anew whenever there is something new, until {@code q} or Ctrl-C. */
final class LiveTop {
    /** Also if nothing is new: nodes fall silent, and terminals change their size. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Console console;
    private final Interrupts interrupts;
    private final Duration interval;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private SortKey sort;

    private enum Event {
        NEW_FIGURES,
        SORT,
        REDRAW,
        END
    }

    LiveTop(Console console, Interrupts interrupts, SortKey sort, Duration interval) {
        this.console = console;
        this.interrupts = interrupts;
        this.sort = sort;
        this.interval = interval;
    }

    /**
     * Shows figures until the operator ends it.
     *
     * @param asking begins to ask the nodes, and calls what it is given when there is something new
     */
    void show(Function<Runnable, FiguresWatch> asking) {
        interrupts.onInterrupt(() -> events.add(Event.END));
        try (FiguresWatch watch = asking.apply(() -> events.add(Event.NEW_FIGURES));
                Screen screen = Screen.open(console.out(), this::typed)) {
            do {
                Screen.Size size =
                        Screen.size(); // of a line the last place stays free: erasing what follows would erase it
                var table = new TopTable(ClusterFigures.of(watch.nodes()), sort, interval);
                screen.show(table.lines(size.width() - 1, size.height()), size);
            } while (isToGoOn());
        }
    }

    private void typed(int key) {
        switch (key) {
            case 'q', 'Q' -> events.add(Event.END);
            case 's', 'S' -> events.add(Event.SORT);
            default -> events.add(Event.REDRAW);
        }
    }

    /** Waits for what comes next, and takes in what came with it; false at the end. */
    private boolean isToGoOn() {
        try {
            for (Event event = events.poll(LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                    event != null;
                    event = events.poll()) {
                if (event == Event.END) {
                    return false;
                }
                if (event == Event.SORT) {
                    sort = sort.next();
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
