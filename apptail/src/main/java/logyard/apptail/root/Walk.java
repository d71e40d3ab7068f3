package logyard.apptail.root;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import logyard.apptail.root.Descriptor.NotDirectory;

/**
 * Goes from a root to what a path below it names, one component at a time, and never out of it: each directory is held
 * while the next is opened in it, so that it does not matter what is renamed meanwhile. An absolute link begins at the
 * root again, as it does for those inside. Whoever climbs above the root is refused, and not just stopped there.
 *
 * <p>Not thread-safe: one walk.
 */
final class Walk implements Closeable {
    /** As the kernel's own limit. */
    private static final int MOST_LINKS = 40;

    private static final int MOST_COMPONENTS = 256;

    private final Path root;
    private final List<Descriptor> held = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Deque<String> ahead = new ArrayDeque<>();
    private int links;

    /** The root itself, which is closed with this. */
    private Walk(Path root, Descriptor start) {
        this.root = root;
        held.add(start);
    }

    /**
     * Where a path leads.
     *
     * @param start the root; is closed with what is returned, or if this fails
     * @param path relative to it
     */
    static Walk to(Path root, Descriptor start, Path path) throws IOException {
        var walk = new Walk(root, start);
        try {
            walk.push(path.toString());
            walk.go();
            return walk;
        } catch (IOException | RuntimeException e) {
            walk.close();
            throw e;
        }
    }

    /**
     * The same without a step in between, for the many paths on which there are no links.
     *
     * @param above a directory above the root, by names that are no links; stays open
     * @return empty if somebody has to go step by step
     */
    static Optional<Walk> straightTo(Descriptor above, Path fromThere, Path root, Path path) throws IOException {
        if (!path.equals(path.normalize()) || path.startsWith("..")) {
            return Optional.empty();
        }
        Optional<Descriptor> end = above.straight(fromThere.resolve(path).toString());
        return end.map(there -> {
            var walk = new Walk(root, there);
            if (!path.toString().isEmpty()) {
                path.forEach(name -> walk.names.add(name.toString()));
            }
            return walk;
        });
    }

    /** What is there: not a link, unless one was put there just now. */
    Descriptor end() {
        return held.get(held.size() - 1);
    }

    /** The path to it without links. */
    Path real() {
        Path path = root;
        for (String name : names) {
            path = path.resolve(name);
        }
        return path;
    }

    private void push(String path) throws IOException {
        String[] components = path.split("/");
        if (components.length + ahead.size() > MOST_COMPONENTS) {
            throw refused();
        }
        for (int i = components.length - 1; i >= 0; i--) {
            if (!components[i].isEmpty() && !components[i].equals(".")) {
                ahead.push(components[i]);
            }
        }
    }

    private void go() throws IOException {
        while (!ahead.isEmpty()) {
            String name = ahead.pop();
            if (name.equals("..")) {
                up();
            } else if (ahead.isEmpty()) {
                last(name);
            } else {
                directory(name);
            }
        }
    }

    private void up() throws IOException {
        if (names.isEmpty()) {
            throw refused();
        }
        names.remove(names.size() - 1);
        held.remove(held.size() - 1).close();
    }

    private void directory(String name) throws IOException {
        try {
            enter(name, end().directory(name));
        } catch (NotDirectory e) {
            follow(end().link(name).orElseThrow(() -> e));
        }
    }

    private void last(String name) throws IOException {
        Optional<String> link = end().link(name);
        if (link.isPresent()) {
            follow(link.get());
        } else {
            enter(name, end().entry(name));
        }
    }

    private void enter(String name, Descriptor there) {
        held.add(there);
        names.add(name);
    }

    private void follow(String link) throws IOException {
        if (++links > MOST_LINKS || !InstanceRoot.isPrintable(link)) {
            throw refused();
        }
        if (link.startsWith("/")) {
            while (!names.isEmpty()) {
                up();
            }
        }
        push(link);
    }

    private FileSystemException refused() {
        return new FileSystemException(root.toString(), null, "leads out of the root, or nowhere");
    }

    @Override
    public void close() {
        held.forEach(Descriptor::close);
        held.clear();
    }

    /** For messages. */
    @Override
    public String toString() {
        return root + "/" + String.join("/", names) + " then " + Arrays.toString(ahead.toArray());
    }
}
