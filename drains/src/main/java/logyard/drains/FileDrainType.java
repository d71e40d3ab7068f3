package logyard.drains;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import logyard.core.daemon.NamedThreads;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainType;
import logyard.core.drain.InvalidDrainException;

/** {@code file:///s/logs/all.log?overwrite=1&mode=640}: each node writes a file of its own. */
public final class FileDrainType implements DrainType {
    private static final String OWNER_ONLY = "600";

    @Override
    public Set<String> schemes() {
        return Set.of("file");
    }

    @Override
    public Set<String> parameters() {
        return Set.of("overwrite", "mode");
    }

    @Override
    public void check(DrainSpec spec, DrainEnvironment environment) {
        boolean unused = spec.flag("overwrite", false);
        Set<PosixFilePermission> mode = mode(spec);
        String host = spec.uri().host();
        if (!host.isEmpty() && !host.equals("localhost")) {
            throw new InvalidDrainException("a file has no host, got \"" + host + "\" in " + spec.uri()
                    + "; write file:///" + host + spec.uri().path() + " with three slashes");
        }
        Path path = path(spec);
        if (environment.allowedFolders().stream().noneMatch(path::startsWith)) {
            throw new InvalidDrainException("a file drain may write below " + environment.allowedFolders()
                    + " only (file.allowed_dirs), got " + path);
        }
        if (mode.isEmpty()) {
            throw new InvalidDrainException("mode must let somebody do something, got \""
                    + spec.text("mode").orElse(OWNER_ONLY) + "\"");
        }
    }

    private static Path path(DrainSpec spec) {
        String text = spec.uri().path();
        if (!text.startsWith("/") || text.endsWith("/") || text.indexOf('\0') >= 0) {
            throw new InvalidDrainException(
                    "a file drain needs the absolute path of a file, got \"" + text + "\" in " + spec.uri());
        }
        try {
            return Path.of(text).normalize();
        } catch (InvalidPathException e) {
            throw new InvalidDrainException(
                    "\"" + text + "\" cannot be the name of a file here (" + e.getReason()
                            + "); if it is not of plain ASCII letters, this process needs a UTF-8 locale, such as LC_ALL=C.UTF-8");
        }
    }

    private static Set<PosixFilePermission> mode(DrainSpec spec) {
        String text = spec.text("mode").orElse(OWNER_ONLY);
        if (!text.matches("0?[0-7]{3}")) {
            throw new InvalidDrainException("mode must be three octal digits such as 640, got \"" + text + "\"");
        }
        int bits = Integer.parseInt(text, 8);
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values(); // owner read first, others execute last
        for (int i = 0; i < all.length; i++) {
            if ((bits & (0400 >> i)) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }

    @Override
    public CompletableFuture<Drain> open(DrainSpec spec, DrainEnvironment environment) {
        check(spec, environment);
        ExecutorService thread = NamedThreads.single("drain-" + spec.name());
        var opened = new CompletableFuture<Drain>();
        thread.execute(() -> {
            try {
                var drain = new FileDrain(openFile(spec, environment), thread);
                if (!opened.complete(drain)) {
                    drain.close();
                }
            } catch (IOException | RuntimeException e) {
                thread.shutdown();
                opened.completeExceptionally(e);
            }
        });
        return opened;
    }

    private FileChannel openFile(DrainSpec spec, DrainEnvironment environment) throws IOException {
        Path path = path(spec);
        Path folder = requireNonNullElse(path.getParent(), path);
        requireAllowed(folder, environment);
        boolean overwrite = spec.flag("overwrite", false);
        // A link could lead out of the folders that are allowed.
        Set<OpenOption> options =
                Set.of(CREATE, WRITE, overwrite ? TRUNCATE_EXISTING : APPEND, LinkOption.NOFOLLOW_LINKS);
        try {
            boolean isNew = !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
            FileChannel channel = FileChannel.open(path, options, PosixFilePermissions.asFileAttribute(mode(spec)));
            if (isNew) {
                Files.setPosixFilePermissions(path, mode(spec)); // whatever the umask
            }
            return channel;
        } catch (NoSuchFileException e) {
            throw new IOException("the folder " + folder + " does not exist; create it", e);
        } catch (java.nio.file.FileSystemException e) {
            throw new IOException("open " + path + ": " + requireNonNullElse(e.getReason(), "not permitted"), e);
        }
    }

    private static void requireAllowed(Path folder, DrainEnvironment environment) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("the folder " + folder + " does not exist; create it");
        }
        Path real = folder.toRealPath();
        for (Path allowed : environment.allowedFolders()) {
            if (Files.isDirectory(allowed) && real.startsWith(allowed.toRealPath())) {
                return;
            }
        }
        throw new InvalidDrainException(
                folder + " leads to " + real + ", which is not below " + environment.allowedFolders());
    }
}
