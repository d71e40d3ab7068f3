package logyard.core.tail.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files beside a log that rotation made out of it: {@code kern.log.1}, {@code kern.log-20240101},
 * {@code kern.2024-01-01.log}, {@code kern.log.old}.
 */
public final class RotatedFiles {
    private static final Pattern ROTATION = Pattern.compile("[.-](old|bak|prev|save|\\d.*)");
    private static final Pattern COMPRESSED = Pattern.compile(".*\\.(gz|xz|bz2|zst|lz4|zip|Z)");

    /** File systems stamp with a clock that lags behind by up to a tick of the kernel, at most 10 ms. */
    private static final long CLOCK_MARGIN = TimeUnit.MILLISECONDS.toNanos(100);

    /** Looks at no more of a huge directory than this. */
    private static final int MOST_ENTRIES = 10_000;

    private final Path log;
    private final List<Path> siblings;

    /** A file beside the log, as it was when the directory was listed; its name may lead to another one by now. */
    public record Found(Path path, FileStatus status) {}

    private RotatedFiles(Path log, List<Path> siblings) {
        this.log = log;
        this.siblings = siblings;
    }

    /**
     * Lists the directory of a log.
     *
     * @param log where the log is, or was, without symbolic links
     * @return nothing if the directory cannot be read
     */
    public static RotatedFiles of(Path log) {
        var siblings = new ArrayList<Path>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(requireNonNull(log.getParent()))) {
            for (Path sibling : all) {
                if (siblings.size() == MOST_ENTRIES) {
                    break;
                }
                siblings.add(sibling);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // a directory that is gone, or closed to us, holds no file that could still be read
        }
        return new RotatedFiles(log, siblings);
    }

    /** Where a file that left the log's path is now, whatever its name. */
    public Optional<Path> find(FileIdentity lost) {
        return siblings.stream()
                .flatMap(RotatedFiles::regular)
                .filter(file -> lost.mayBe(file.status()))
                .map(Found::path)
                .findFirst();
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
                        .thenComparing(Found::path, Comparator.reverseOrder()))
                .toList();
    }

    /**
     * Files that may be copies of the log, made just before it was emptied, oldest first.
     *
     * @param size bytes they must have at least
     * @param lastSeen when the log was not empty yet, in nanoseconds since 1970
     */
    public List<Path> copies(long size, long lastSeen, Predicate<FileStatus> isKnown) {
        return rotations()
                .filter(file -> file.status().size() >= size && file.status().modified() >= lastSeen - CLOCK_MARGIN)
                .filter(file -> !isKnown.test(file.status()))
                .sorted(Comparator.comparingLong(file -> file.status().modified()))
                .map(Found::path)
                .toList();
    }

    private Stream<Found> rotations() {
        return siblings.stream().filter(file -> isRotationOf(log, file)).flatMap(RotatedFiles::regular);
    }

    private static Stream<Found> regular(Path path) {
        try {
            FileStatus status = FileStatus.of(path, LinkOption.NOFOLLOW_LINKS);
            return status.isRegular() ? Stream.of(new Found(path, status)) : Stream.empty();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    static boolean isRotationOf(Path log, Path file) {
        String base = log.getFileName().toString();
        String name = file.getFileName().toString();
        if (COMPRESSED.matcher(name).matches()) {
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
