package logyard.core.tail.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import logyard.core.tail.file.FileTree.Listing;

/**
 * The files beside a log, and which of them rotation made out of it: {@code kern.log.1}, {@code kern.log-20240101}, {@code
 * kern.2024-01-01.log}, {@code kern.log.old}.
 *
 * <p>A rotation gives many files new names, one after the other; who lists them meanwhile sees some twice and others not
 * at all. So there is a listing only of a directory that shows the same files twice in a row.
 */
public final class RotatedFiles {
    private static final Pattern ROTATION = Pattern.compile("[.-](old|bak|prev|save|\\d.*)");
    private static final Pattern COMPRESSED = Pattern.compile(".*\\.(gz|xz|bz2|zst|lz4|zip|Z)");

    /** File systems stamp with a clock that lags behind by up to a tick of the kernel, at most 10 ms. */
    private static final long CLOCK_MARGIN = TimeUnit.MILLISECONDS.toNanos(100);

    /** So long a script may take between making a copy and emptying the log. */
    private static final long COPY_MARGIN = TimeUnit.SECONDS.toNanos(10);

    private final Path log;
    private final boolean areAll;
    private final List<Found> siblings;

    /** A file beside the log, as it was when the directory was listed; its name may lead to another one by now. */
    public record Found(Path path, FileStatus status) {}

    private RotatedFiles(Path log, Listing listing) {
        this.log = log;
        this.areAll = listing.isWhole();
        this.siblings = listing.files().entrySet().stream()
                .map(entry -> new Found(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * Lists the directory of a log.
     *
     * @param log where the log is, or was, without symbolic links
     * @param files where it is looked up
     * @throws RotationInProgressException if files are being renamed there right now
     */
    public static RotatedFiles of(Path log, FileTree files) throws RotationInProgressException {
        Listing first = list(log, files);
        Listing second = list(log, files);
        if (first.isWhole() && !inodes(first.files(), log).equals(inodes(second.files(), log))) {
            throw new RotationInProgressException(log);
        }
        return new RotatedFiles(log, second);
    }

    /** The regular files there; none if the directory is gone or closed to us, since nothing could be read then. */
    private static Listing list(Path log, FileTree files) {
        try {
            return files.regularFiles(requireNonNull(log.getParent()), file -> isNamedAfter(log, file));
        } catch (IOException e) {
            return Listing.EMPTY;
        }
    }

    /** Whether all that were rotated away are known; else the folder has too many files. */
    public boolean areAll() {
        return areAll;
    }

    private static Map<Path, Long> inodes(Map<Path, FileStatus> siblings, Path log) {
        var inodes = new TreeMap<Path, Long>();
        siblings.forEach((path, status) -> {
            if (isRotationOf(log, path)) {
                inodes.put(path, status.inode());
            }
        });
        return inodes;
    }

    /** A file that left the log's path, whatever its name is now. */
    public Optional<Found> find(FileIdentity lost) {
        return siblings.stream().filter(file -> lost.mayBe(file.status())).findFirst();
    }

    /**
     * The files that were the log for a while, and have been rotated away, without having been seen there, oldest first.
     * Compressed ones are none: their content was in a file that had a plain name before.
     *
     * @param lastBirth of the last file that was seen at the log's path, if it is known
     * @param lastSeen when, in nanoseconds since 1970; what is older was there earlier
     * @param isKnown files that need not be found again
     */
    public List<Found> missedSince(long lastBirth, long lastSeen, Predicate<FileStatus> isKnown) {
        long since = Math.max(lastBirth, lastSeen - CLOCK_MARGIN);
        return rotations()
                .filter(file -> file.status().birth() >= since && !isKnown.test(file.status()))
                .sorted(Comparator.comparingLong((Found file) -> file.status().birth())
                        .thenComparing(file -> -file.path().toString().length()) // log.10 is older than log.9
                        .thenComparing(Found::path, Comparator.reverseOrder()))
                .toList();
    }

    /**
     * Files that may be copies of the log, made just before it was emptied, oldest first.
     *
     * @param lastSeen when the log was not empty yet, in nanoseconds since 1970
     */
    public List<Found> copies(long lastSeen, Predicate<FileStatus> isKnown) {
        return rotations()
                .filter(file -> file.status().modified() >= lastSeen - COPY_MARGIN)
                .filter(file -> !isKnown.test(file.status()))
                .sorted(Comparator.comparingLong(file -> file.status().modified()))
                .toList();
    }

    /**
     * How many rotated files were compressed since.
     *
     * @param lastSeen in nanoseconds since 1970
     */
    public int compressedSince(long lastSeen) {
        return (int) siblings.stream()
                .filter(file ->
                        COMPRESSED.matcher(file.path().getFileName().toString()).matches())
                .filter(file -> file.status().birth() >= lastSeen && isNamedAfter(log, file.path()))
                .count();
    }

    private Stream<Found> rotations() {
        return siblings.stream().filter(file -> isRotationOf(log, file.path()));
    }

    static boolean isRotationOf(Path log, Path file) {
        return !COMPRESSED.matcher(file.getFileName().toString()).matches() && isNamedAfter(log, file);
    }

    private static boolean isNamedAfter(Path log, Path file) {
        String base = log.getFileName().toString();
        String name = file.getFileName().toString();
        if (!name.startsWith(base.substring(0, 1))) {
            return false;
        }
        int dot = base.lastIndexOf('.');
        return isRotation(name, base, "") || (dot > 0 && isRotation(name, base.substring(0, dot), base.substring(dot)));
    }

    private static boolean isRotation(String name, String stem, String extension) {
        return name.startsWith(stem)
                && name.endsWith(extension)
                && name.length() > stem.length() + extension.length()
                && ROTATION.matcher(name.substring(stem.length(), name.length() - extension.length()))
                        .matches();
    }
}
