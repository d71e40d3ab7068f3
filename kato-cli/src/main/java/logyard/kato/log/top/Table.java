package logyard.kato.log.top;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells below a line of titles. The first column takes what the others leave of the width, and is cut where that
 * is too little.
 *
 * @param titles of the columns
 * @param widths of all columns but the first, in characters; numbers stand at their right, and a column of negative width
 *     at its left
 */
record Table(List<String> titles, List<Integer> widths) {
    private static final int NARROWEST = 8;

    Table {
        titles = List.copyOf(titles);
        widths = List.copyOf(widths);
    }

    /**
     * The lines, the titles first.
     *
     * @param width of a line at most; 0 cuts nothing
     */
    List<String> lines(List<List<String>> rows, int width) {
        int others = widths.stream().mapToInt(column -> Math.abs(column) + 1).sum();
        int longest = Math.max(
                titles.get(0).length(),
                rows.stream().mapToInt(row -> letters(row.get(0))).max().orElse(0));
        int first = width == 0 ? longest : Math.max(NARROWEST, width - others);
        List<String> lines = new ArrayList<>();
        lines.add(line(titles, first, width));
        rows.forEach(row -> lines.add(line(row, first, width)));
        return lines;
    }

    private String line(List<String> cells, int first, int width) {
        var line = new StringBuilder(padded(cut(cells.get(0), first), -first));
        for (int i = 0; i < widths.size(); i++) {
            line.append(' ').append(padded(cells.get(i + 1), widths.get(i)));
        }
        String text = line.toString().stripTrailing();
        return width == 0 ? text : cut(text, width);
    }

    private static String padded(String text, int width) {
        String padding = " ".repeat(Math.max(0, Math.abs(width) - letters(text)));
        return width < 0 ? text + padding : padding + text;
    }

    /** The text, with an ellipsis for what does not fit. */
    static String cut(String text, int width) {
        return letters(text) <= width ? text : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static int letters(String text) {
        return text.codePointCount(0, text.length());
    }
}
