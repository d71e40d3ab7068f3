package logyard.manual;

import java.util.List;
import java.util.regex.Pattern;

/** The pages of several commands as one document in Markdown. */
final class Markdown {
    /** What Markdown would take for its own. */
    private static final Pattern MARKS = Pattern.compile("[\\\\`*_<>\\[\\]|#]");

    private final StringBuilder text = new StringBuilder();

    private Markdown() {}

    static String render(String title, String introduction, List<Page> pages) {
        var document = new Markdown();
        document.paragraph("# " + title);
        document.paragraph(introduction);
        pages.forEach(document::page);
        return document.text.toString().stripTrailing() + "\n";
    }

    private void page(Page page) {
        paragraph("## " + page.name());
        paragraph(escaped(page.summary()));
        paragraph("    " + page.synopsis());
        for (Page.Section list : page.sections()) {
            paragraph("**" + list.title() + "**");
            list.entries()
                    .forEach(entry -> text.append("* `")
                            .append(entry.term())
                            .append("`: ")
                            .append(escaped(entry.text()))
                            .append('\n'));
            text.append('\n');
        }
        boolean isTyped = false;
        for (String note : page.notes()) {
            boolean wasTyped = isTyped;
            isTyped = note.startsWith(" ");
            if (isTyped != wasTyped) {
                text.append('\n');
            }
            text.append(isTyped ? "    " + note.strip() : escaped(note)).append('\n');
        }
        text.append('\n');
    }

    private void paragraph(String paragraph) {
        text.append(paragraph).append("\n\n");
    }

    private static String escaped(String text) {
        return MARKS.matcher(text).replaceAll("\\\\$0");
    }
}
