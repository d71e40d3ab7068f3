package logyard.core.tail;

import static logyard.core.tail.Logs.append;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A log as its writer sees it, with everything that happens to its files. What cannot be done at the moment is not done. */
final class ModelLog {
    /** What may happen to a log. */
    enum Style {
        RENAMED,
        COPIED,
        LINKED,
        /** Renamed at times, and copied at others, but not without a look between. */
        MIXED;

        boolean renames() {
            return this == RENAMED || this == MIXED;
        }

        boolean copies() {
            return this == COPIED || this == MIXED;
        }
    }

    final String name;
    final Path path;
    private final Style style;
    private final Path dir;
    private final List<LogContent> contents = new ArrayList<>();

    /** Those that still have a file which is not the log, newest first. */
    private final List<LogContent> archived = new ArrayList<>();

    private @Nullable LogContent current;

    /** The last one that a writer may still have open. */
    private @Nullable LogContent left;

    private boolean renamedUnseen;
    private boolean emptiedUnseen;
    private int lines;

    ModelLog(Path dir, Style style) {
        this.dir = dir;
        this.style = style;
        this.name = style.name().toLowerCase(Locale.ROOT);
        this.path = dir.resolve(name + ".log");
    }

    /** In the order in which they came. */
    List<LogContent> contents() {
        return contents;
    }

    boolean isMidLine() {
        return current != null && current.isMidLine();
    }

    void write(int count, int length) throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(line(length)).append('\n');
        }
        write(text.toString());
    }

    void writePartOfALine() throws IOException {
        write("<" + line(0));
    }

    private String line(int length) {
        return name + "-" + lines++ + "." + "x".repeat(length);
    }

    private void write(String text) throws IOException {
        if (style == Style.LINKED && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            turnLink();
        }
        append(path, text);
        if (current == null) {
            current = begin(path.toRealPath());
        }
        current.append(text);
    }

    private LogContent begin(Path file) {
        var content = new LogContent(contents.size(), file);
        contents.add(content);
        return content;
    }

    /** @param create whether an empty file takes its place at once */
    void rename(boolean create) throws IOException {
        if (!style.renames() || current == null || emptiedUnseen) {
            return;
        }
        renamedUnseen = true;
        Logs.rotate(path);
        archive(current);
        left = current;
        current = create ? begin(path) : null;
        if (create) {
            append(path, "");
        }
    }

    private void archive(LogContent content) {
        content.succeeded();
        archived.add(0, content);
        if (style.renames()) {
            for (int i = 0; i < archived.size(); i++) {
                archived.get(i).movedTo(Logs.rotated(path, i + 1));
            }
        }
    }

    /**
     * Copies the log and empties it.
     *
     * @param written how many lines are written after the copy was made
     */
    void copyTruncate(int written) throws IOException {
        if (!style.copies() || current == null || renamedUnseen) {
            return;
        }
        emptiedUnseen = true;
        LogContent content = current;
        Path copy =
                style == Style.MIXED ? Logs.rotated(path, 1) : dir.resolve(path.getFileName() + "-" + contents.size());
        if (style == Style.MIXED) {
            Logs.shift(path);
        }
        Logs.nextTick(dir);
        Files.copy(path, copy);
        long copied = content.length();
        if (written > 0) {
            write(written, 0);
        }
        Logs.truncate(path);
        Logs.nextTick(dir);
        archive(content);
        content.copied(copy, copied);
        left = null;
        current = begin(path);
    }

    void truncate() throws IOException {
        if (!style.copies() || current == null || renamedUnseen) {
            return;
        }
        emptiedUnseen = true;
        Logs.nextTick(dir);
        Logs.truncate(path);
        Logs.nextTick(dir);
        current.lost();
        current.succeeded();
        left = null;
        current = begin(path);
    }

    void delete(boolean running) throws IOException {
        if (current != null) {
            Files.delete(current.file());
            Logs.nextTick(dir);
            current.unlinked(running);
            current.succeeded();
            left = null; // this one is the last now, and those before it are not waited for any more
            current = null;
        }
    }

    /** Deletes the oldest file that is not the log any more. */
    void expire(boolean running) throws IOException {
        if (!archived.isEmpty()) {
            LogContent oldest = archived.remove(archived.size() - 1);
            Files.delete(oldest.file());
            oldest.unlinked(running);
            left = left == oldest ? null : left;
        }
    }

    void turnLink() throws IOException {
        if (style != Style.LINKED) {
            return;
        }
        Path next = Files.createDirectory(dir.resolve(name + contents.size())).resolve("x.log");
        append(next, "");
        Path link = dir.resolve(name + ".link");
        Files.createSymbolicLink(link, next);
        Files.move(link, path, StandardCopyOption.ATOMIC_MOVE);
        Logs.nextTick(dir);
        if (current != null) {
            archive(current);
            left = current;
            if (!current.isOpen()) {
                current.lost(); // nothing leads to it
            }
        }
        current = begin(next);
    }

    /** Writes to the file that was rotated away last. */
    void writeLate() throws IOException {
        if (left != null) {
            String text = "late" + line(0) + "\n";
            append(left.file(), text);
            left.appendLate(text);
        }
    }

    void looked() {
        renamedUnseen = false;
        emptiedUnseen = false;
        contents.forEach(LogContent::looked);
    }

    void tailerStopped() {
        contents.forEach(LogContent::tailerStopped);
    }
}
