package logyard.drains.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.InvalidDrainException;

/**
 * What the URI of a file drain says.
 *
 * @param path absolute, without {@code ..}
 * @param overwrite whether the file is emptied when the drain opens
 * @param mode of a file that is made
 * @param rotateBytes how long a file may become; 0: as long as it likes
 * @param rotateKeep how many full files are kept
 */
record FileSettings(Path path, boolean overwrite, Set<PosixFilePermission> mode, long rotateBytes, int rotateKeep) {
    static final Set<String> PARAMETERS = Set.of("overwrite", "mode", "rotate_size", "rotate_keep");

    private static final String OWNER_ONLY = "600";
    private static final int DEFAULT_KEEP = 5;
    private static final int MAX_KEEP = 1000;
    private static final long SHORTEST_BYTES = 4096;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(B|KiB|MiB|GiB|TiB)?");
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

    /** @throws InvalidDrainException if a value is none, or one is missing */
    static FileSettings of(DrainSpec spec) {
        boolean overwrite = spec.flag("overwrite", false);
        Set<PosixFilePermission> mode = mode(spec);
        String host = spec.uri().host();
        if (!host.isEmpty() && !host.equals("localhost")) {
            throw new InvalidDrainException("a file has no host, got \"" + host + "\" in " + spec.uri()
                    + "; write file:///" + host + spec.uri().path() + " with three slashes");
        }
        long rotateBytes = rotateBytes(spec);
        long keep = spec.number("rotate_keep", DEFAULT_KEEP, 1, MAX_KEEP);
        if (rotateBytes == 0 && spec.text("rotate_keep").isPresent()) {
            throw new InvalidDrainException(
                    "rotate_keep means nothing without rotate_size; add one, such as rotate_size=100MiB");
        }
        return new FileSettings(path(spec), overwrite, mode, rotateBytes, (int) keep);
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
        if (!permissions.contains(PosixFilePermission.OWNER_WRITE)
                || !permissions.contains(PosixFilePermission.OWNER_READ)) {
            throw new InvalidDrainException(
                    "mode must let the owner read and write, or no drain could open the file again, got \"" + text
                            + "\"");
        }
        return permissions;
    }

    private static long rotateBytes(DrainSpec spec) {
        String text = spec.text("rotate_size").orElse("");
        if (text.isEmpty()) {
            return 0;
        }
        Matcher size = SIZE.matcher(text);
        if (size.matches()) {
            int unit = size.group(2) == null ? 0 : UNITS.indexOf(size.group(2));
            long number = Long.parseLong(size.group(1));
            long bytes = number << (10 * unit);
            if (bytes >= SHORTEST_BYTES && bytes >> (10 * unit) == number) {
                return bytes;
            }
        }
        throw new InvalidDrainException(
                "rotate_size must be a size of at least 4KiB, such as 100MiB, got \"" + text + "\"");
    }
}
