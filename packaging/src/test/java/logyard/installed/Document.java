package logyard.installed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a page of the documentation has its reader type: indented lines that begin with {@code #}, and what is below them. */
final class Document {
    private static final String INDENTED = "    ";
    private static final String PROMPT = INDENTED + "# ";

    /**
     * A command of the page.
     *
     * @param answer the lines that it should say; none if the page does not tell
     */
    record Step(String command, List<String> answer) {
        /** {@code …} stands for any text in a line, and in a line of its own for any number of lines. */
        boolean isAnswer(String said) {
            String pattern = answer.stream()
                    .map(line -> line.equals("…")
                            ? "(?:[^\\n]*\\n)*"
                            : Pattern.compile("…")
                                            .splitAsStream(line)
                                            .map(Pattern::quote)
                                            .collect(Collectors.joining("[^\\n]*"))
                                    + (line.endsWith("…") ? "[^\\n]*" : "") + "\\n")
                    .collect(Collectors.joining());
            return Pattern.matches(pattern, said.isEmpty() || said.endsWith("\n") ? said : said + "\n");
        }
    }

    private Document() {}

    /** The steps of a page, in order. */
    static List<Step> steps(Path page) throws IOException {
        List<Step> steps = new ArrayList<>();
        List<String> answer = null;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith(PROMPT)) {
                answer = new ArrayList<>();
                steps.add(new Step(line.substring(PROMPT.length()), answer));
            } else if (line.startsWith(INDENTED) && answer != null) {
                answer.add(line.substring(INDENTED.length()));
            } else {
                answer = null;
            }
        }
        return steps;
    }
}
