package logyard.kato.log.top;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import logyard.kato.log.top.ClusterFigures.DrainRow;
import logyard.kato.log.top.ClusterFigures.NodeRow;
import logyard.kato.log.top.ClusterFigures.StreamRow;
import logyard.kato.output.Printable;

/** Figures as a table for people: nodes, streams and drains below each other. */
final class TopTable {
    private static final Table NODES =
            new Table(List.of("NODE", "STATE", "EVENTS/S", "BYTES/S", "STREAMS", "DRAINS"), List.of(-7, 9, 9, 8, 8));
    private static final Table STREAMS =
            new Table(List.of("STREAM", "NODES", "EVENTS/S", "BYTES/S", "EVENTS"), List.of(6, 9, 9, 9));
    private static final Table DRAINS = new Table(
            List.of("DRAIN", "STATE", "EVENTS/S", "BYTES/S", "PENDING", "LAG", "DROPPED"), List.of(-14, 8, 8, 8, 4, 8));

    /** Title, three lines of column titles, and an empty line before each. */
    private static final int FIXED_LINES = 7;

    private final ClusterFigures figures;
    private final SortKey sort;
    private final Duration interval;

    TopTable(ClusterFigures figures, SortKey sort, Duration interval) {
        this.figures = figures;
        this.sort = sort;
        this.interval = interval;
    }

    /**
     * The lines of the table.
     *
     * @param width of a line at most; 0 cuts nothing
     * @param height lines at most; 0 shows all
     */
    List<String> lines(int width, int height) {
        int room =
                height == 0 ? Integer.MAX_VALUE : Math.max(3, height - FIXED_LINES - (figures.leftOut() > 0 ? 1 : 0));
        int nodes = Math.min(figures.nodes().size(), Math.max(1, room / 4));
        int drains = Math.min(
                figures.drains().size(),
                Math.max(
                        1,
                        Math.max(
                                (room - nodes) / 2,
                                room - nodes - figures.streams().size())));
        List<String> lines = new ArrayList<>();
        lines.add(width == 0 ? title() : Table.cut(title(), width));
        section(NODES, nodes().stream().map(TopTable::cells).toList(), nodes, width, lines);
        section(
                STREAMS,
                figures.streams().stream()
                        .sorted(sort.streams())
                        .map(TopTable::cells)
                        .toList(),
                room - nodes - drains,
                width,
                lines);
        section(
                DRAINS,
                figures.drains().stream()
                        .sorted(sort.drains())
                        .map(TopTable::cells)
                        .toList(),
                drains,
                width,
                lines);
        if (figures.leftOut() > 0) {
            lines.add(
                    fitting("and " + figures.leftOut() + " quieter streams and drains that the nodes left out", width));
        }
        return lines;
    }

    private String title() {
        var title = new StringBuilder("kato log top: ");
        title.append(figures.nodes().size()).append(figures.nodes().size() == 1 ? " node" : " nodes");
        for (var state : List.of(NodeView.State.ASKED, NodeView.State.SILENT, NodeView.State.GONE)) {
            if (figures.count(state) > 0) {
                title.append(", ").append(figures.count(state)).append(' ').append(state.label());
            }
        }
        return title.append("; in ")
                .append(Quantity.rate(figures.eventsPerSecond()))
                .append(" events/s, ")
                .append(Quantity.rate(figures.bytesPerSecond()))
                .append(" bytes/s; ")
                .append(interval.toSeconds())
                .append(" s; by ")
                .append(sort.label())
                .toString();
    }

    private static void section(Table table, List<List<String>> rows, int most, int width, List<String> lines) {
        boolean isCut = rows.size() > most;
        List<List<String>> shown = isCut ? rows.subList(0, Math.max(0, most - 1)) : rows;
        lines.add("");
        lines.addAll(table.lines(shown, width));
        if (isCut) {
            lines.add(fitting("… " + (rows.size() - shown.size()) + " more", width));
        }
    }

    private static String fitting(String line, int width) {
        return width > 0 ? Table.cut(line, width) : line;
    }

    /** Those first that need looking after. */
    private List<NodeRow> nodes() {
        return figures.nodes().stream()
                .sorted(Comparator.comparing((NodeRow row) -> row.view().state() == NodeView.State.LIVE)
                        .thenComparing(row -> row.view().node()))
                .toList();
    }

    private static List<String> cells(NodeRow row) {
        NodeView view = row.view();
        return List.of(
                Printable.text(view.node()),
                view.state().label(),
                Quantity.rate(row.eventsPerSecond()),
                Quantity.rate(row.bytesPerSecond()),
                view.current()
                        .map(sample -> String.valueOf(sample.streams().size()))
                        .orElse("-"),
                view.current()
                        .map(sample -> String.valueOf(sample.drains().size()))
                        .orElse("-"));
    }

    private static List<String> cells(StreamRow row) {
        return List.of(
                Printable.text(row.name()),
                String.valueOf(row.nodes()),
                Quantity.rate(row.eventsPerSecond()),
                Quantity.rate(row.bytesPerSecond()),
                Quantity.count(row.events()));
    }

    private static List<String> cells(DrainRow row) {
        return List.of(
                Printable.text(row.name()),
                Table.cut(Printable.text(row.stateAndNodes()), 14),
                Quantity.rate(row.eventsPerSecond()),
                Quantity.rate(row.bytesPerSecond()),
                Quantity.count(row.pending()),
                Quantity.age(row.lag()),
                Quantity.count(row.dropped()));
    }
}
