package logyard.core.tail;

import static logyard.core.tail.Logs.append;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log as its writer sees it: what it wrote, into which file, and what therefore must be delivered, in which order. */
final class ModelLog {
    /** How the log is rotated. */
    enum Rotation {
        RENAME,
        COPY_TRUNCATE,
        TURNED_LINK
    }

    final String name;
    final Path path;
    final Rotation rotation;

    /** The lines of each file that was the log, oldest file first. */
    private final List<List<String>> files = new ArrayList<>();

    private final Path dir;
    private final List<Path> copies = new ArrayList<>();
    private @Nullable List<String> rotatedLast;
    private String incomplete = "";
    private int lines;
    private boolean lateWrites;

    ModelLog(Path dir, String name, Rotation rotation) {
        this.dir = dir;
        this.name = name;
        this.rotation = rotation;
        this.path = dir.resolve(name + ".log");
        files.add(new ArrayList<>());
    }

    List<List<String>> files() {
        return files;
    }

    boolean hasLateWrites() {
        return lateWrites;
    }

    boolean exists() {
        return Files.exists(path);
    }

    boolean isMidLine() {
        return !incomplete.isEmpty();
    }

    void write(int count) throws IOException {
        makeLinkTarget();
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(nextLine()).append('\n');
        }
        append(path, text.toString());
    }

    void writePartOfALine() throws IOException {
        makeLinkTarget();
        String part = "<" + name + lines + ":";
        append(path, part);
        incomplete += part;
    }

    /** Renames the file away, or does what comes to the same; nothing is at the path then, but where a link is turned. */
    void rotate() throws IOException {
        if (rotation == Rotation.TURNED_LINK) {
            Path next = Files.createDirectory(dir.resolve(name + files.size())).resolve("x.log");
            append(next, "");
            Path link = dir.resolve(name + ".link");
            Files.createSymbolicLink(link, next);
            Files.move(link, path, StandardCopyOption.ATOMIC_MOVE);
            Logs.nextTick(dir);
        } else {
            Logs.rotate(path);
            rotatedLast = files.get(files.size() - 1);
        }
        nextFile();
    }

    void copyTruncate() throws IOException {
        Logs.nextTick(dir);
        Path copy = dir.resolve(path.getFileName() + "." + files.size());
        copies.add(copy);
        Logs.copyTruncate(path, copy);
        Logs.nextTick(dir);
        nextFile();
    }

    void truncate() throws IOException {
        Logs.nextTick(dir);
        Logs.truncate(path);
        nextFile();
    }

    void delete() throws IOException {
        Files.delete(path);
        Logs.nextTick(dir);
        nextFile();
        rotatedLast = null; // the deleted one is the last now, and those before it are not waited for any more
    }

    void deleteCopies() throws IOException {
        for (Path copy : copies) {
            Files.deleteIfExists(copy);
        }
        copies.clear();
    }

    /** Writes to the file that was rotated away last. */
    void writeLate() throws IOException {
        if (rotatedLast != null) {
            String line = "late" + name + lines++;
            append(Logs.rotated(path, 1), line + "\n");
            rotatedLast.add(line);
            lateWrites = true;
        }
    }

    /** Notes the next line, and returns what of it is not written yet. */
    private String nextLine() {
        String rest = name + "-" + lines++;
        files.get(files.size() - 1).add(incomplete + rest);
        incomplete = "";
        return rest;
    }

    private void nextFile() {
        files.add(new ArrayList<>());
    }

    private void makeLinkTarget() throws IOException {
        if (rotation == Rotation.TURNED_LINK && !Files.exists(path)) {
            rotate();
        }
    }
}
