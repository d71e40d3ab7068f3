package logyard.manual;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Manual pages in the language of man(7), which groff and mandoc read.
 *
 * @param date of the pages, as in {@code 2026-11-22}
 * @param source what they belong to, as in {@code Logyard 1.0.0}
 */
record Roff(String date, String source) {
    /** Behind the commas of a long list without spaces a line may be broken. */
    private static final Pattern LIST_COMMA = Pattern.compile(",(?=\\S)");

    /** A page as the text of a file. */
    String render(Page page, int section, List<String> seeAlso) {
        var text = new StringBuilder(".\\\" Made of the command itself by logyard.manual; do not edit.\n");
        line(
                text,
                ".TH " + quoted(fileName(page).toUpperCase(Locale.ROOT)) + " " + section + " " + date + " "
                        + quoted(source) + " \"Logyard\"");
        line(text, ".nh\n.ad l"); // what is to be typed must not be broken
        line(text, ".SH NAME");
        line(text, escaped(fileName(page)) + " \\- " + escaped(firstSentence(page.summary())));
        if (!page.synopsis().isEmpty()) {
            line(text, ".SH SYNOPSIS");
            line(text, ".B " + quoted(page.name()));
            line(
                    text,
                    protectedLine(
                            page.synopsis().substring(page.name().length()).strip()));
        }
        line(text, ".SH DESCRIPTION");
        line(text, protectedLine(page.summary()));
        page.sections().forEach(list -> list(text, list));
        if (!page.notes().isEmpty()) {
            line(text, ".SH NOTES");
            notes(text, page.notes());
        }
        if (!seeAlso.isEmpty()) {
            line(text, ".SH SEE ALSO");
            line(text, seeAlso.stream().map(Roff::reference).collect(Collectors.joining(",\n")));
        }
        return text.toString();
    }

    /** The name of a page, as man is asked for it. */
    static String fileName(Page page) {
        return page.name().replace(' ', '-');
    }

    private static void list(StringBuilder text, Page.Section list) {
        line(text, ".SH " + quoted(list.title().toUpperCase(Locale.ROOT)));
        for (Page.Entry entry : list.entries()) {
            line(text, ".TP");
            line(text, ".B " + quoted(entry.term()));
            line(text, protectedLine(entry.text()));
        }
    }

    private static void notes(StringBuilder text, List<String> notes) {
        boolean isTyped = false;
        for (String note : notes) {
            boolean wasTyped = isTyped;
            isTyped = note.startsWith(" ");
            if (isTyped && !wasTyped) {
                line(text, ".PP\n.RS 4\n.nf");
            } else if (!isTyped && wasTyped) {
                line(text, ".fi\n.RE");
            }
            if (note.isBlank()) {
                line(text, ".PP");
            } else {
                line(text, protectedLine(note.strip()));
            }
        }
        if (isTyped) {
            line(text, ".fi\n.RE");
        }
    }

    private static String reference(String page) {
        int bracket = page.indexOf('(');
        return ".BR " + quoted(page.substring(0, bracket)) + " " + quoted(page.substring(bracket));
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        String sentence = end < 0 ? text : text.substring(0, end);
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** An argument of a request. */
    private static String quoted(String text) {
        return '"' + escaped(text).replace("\"", "\\(dq") + '"';
    }

    /** A line of text, which must not be taken for a request. */
    private static String protectedLine(String text) {
        String line = escaped(text);
        return line.startsWith(".") ? "\\&" + line : line;
    }

    /** Characters that roff reads otherwise, or prints as others than were typed. */
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(character -> escaped.append(escaped(character)));
        return LIST_COMMA.matcher(escaped).replaceAll(",\\\\:");
    }

    private static String escaped(int character) {
        return switch (character) {
            case '\\' -> "\\e";
            case '-' -> "\\-";
            case '\'' -> "\\(aq";
            case '`' -> "\\(ga";
            case '^' -> "\\(ha";
            case '~' -> "\\(ti";
            default ->
                character < 0x80 ? Character.toString(character) : String.format(Locale.ROOT, "\\[u%04X]", character);
        };
    }
}
