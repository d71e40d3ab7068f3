package logyard.manual;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A file of packaged defaults with its comments, which no reader of YAML keeps: a comment before the first empty line is about
 * the whole file, any other about the key below it.
 *
 * @param about the lines of the first comment
 * @param keys those without indentation
 */
record CommentedDefaults(List<String> about, List<Key> keys) {
    CommentedDefaults {
        about = List.copyOf(about);
        keys = List.copyOf(keys);
    }

    /**
     * A key of the file.
     *
     * @param comment its lines, without their marks
     * @param value what stands behind it; empty if it has keys of its own
     * @param below the lines of those, without what all of them are indented by
     */
    record Key(String name, List<String> comment, String value, List<String> below) {
        Key {
            comment = List.copyOf(comment);
            below = List.copyOf(below);
        }
    }

    /** Of a component, such as {@code systail}. */
    static CommentedDefaults of(String component) {
        String resource = "/logyard/config/" + component + ".yml";
        try (InputStream in = CommentedDefaults.class.getResourceAsStream(resource)) {
            return read(new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CommentedDefaults read(String text) {
        List<String> lines = text.lines().toList();
        int end = lines.indexOf("");
        List<Key> keys = new ArrayList<>();
        int start = end;
        for (int i = end; i < lines.size(); i++) {
            if (isKey(lines.get(i))) {
                int next = i + 1;
                while (next < lines.size() && !isKey(lines.get(next)) && !isComment(lines.get(next))) {
                    next++;
                }
                keys.add(key(lines.get(i), comments(lines.subList(start, i)), lines.subList(i + 1, next)));
                start = next;
            }
        }
        return new CommentedDefaults(comments(lines.subList(0, end)), keys);
    }

    private static Key key(String line, List<String> comment, List<String> below) {
        int colon = line.indexOf(':');
        String text = below.stream().map(each -> each.replaceFirst("^  ", "")).collect(Collectors.joining("\n"));
        return new Key(
                line.substring(0, colon),
                comment,
                line.substring(colon + 1).strip(),
                text.strip().lines().toList());
    }

    private static boolean isComment(String line) {
        return line.startsWith("#");
    }

    private static boolean isKey(String line) {
        return !line.isEmpty() && !isComment(line) && !line.startsWith(" ");
    }

    private static List<String> comments(List<String> lines) {
        return lines.stream()
                .filter(CommentedDefaults::isComment)
                .map(line -> line.replaceFirst("^# ?", ""))
                .toList();
    }
}
