package logyard.kato.log.top;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import logyard.kato.log.top.ClusterFigures.DrainRow;
import logyard.kato.log.top.ClusterFigures.StreamRow;

/** What rows are sorted by: the most first, or names from A to Z. Where a stream has no such number, its events count. */
enum SortKey {
    EVENTS,
    BYTES,
    PENDING,
    LAG,
    DROPPED,
    NAME;

    Comparator<DrainRow> drains() {
        Comparator<DrainRow> order = switch (this) {
            case EVENTS ->
                Comparator.comparingDouble(row -> -row.eventsPerSecond().orElse(0));
            case BYTES ->
                Comparator.comparingDouble(row -> -row.bytesPerSecond().orElse(0));
            case PENDING -> Comparator.comparingLong(row -> -row.pending());
            case LAG -> Comparator.comparing(DrainRow::lag).reversed();
            case DROPPED -> Comparator.comparingLong(row -> -row.dropped());
            case NAME -> Comparator.comparing(DrainRow::name);
        };
        return order.thenComparing(DrainRow::name);
    }

    Comparator<StreamRow> streams() {
        Comparator<StreamRow> order = switch (this) {
            case NAME -> Comparator.comparing(StreamRow::name);
            case BYTES ->
                Comparator.comparingDouble(row -> -row.bytesPerSecond().orElse(0));
            default -> Comparator.comparingDouble(row -> -row.eventsPerSecond().orElse(0));
        };
        return order.thenComparing(StreamRow::name);
    }

    /** The one after this one, and after the last the first. */
    SortKey next() {
        List<SortKey> all = List.of(values());
        return all.get((all.indexOf(this) + 1) % all.size());
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
