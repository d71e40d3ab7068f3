package logyard.kato.doctor;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import logyard.kato.process.Unit;

/**
 * Which files of this machine a daemon has before it: its unit may give it a {@code /tmp} of its own, and no homes.
 *
 * @param root the machine as the process has it; empty if it does not run, or nobody may look
 * @param unit that runs it
 */
record Sight(Optional<Path> root, Unit unit) {
    private static final List<Path> TEMPORARY = List.of(Path.of("/tmp"), Path.of("/var/tmp"));
    private static final List<Path> HOMES = List.of(Path.of("/home"), Path.of("/root"), Path.of("/run/user"));

    /** That of a process. To look takes root, or its user. */
    static Sight of(OptionalLong pid, Unit unit) {
        return new Sight(
                pid.stream()
                        .mapToObj(number -> Path.of("/proc", String.valueOf(number), "root"))
                        .filter(Files::isDirectory)
                        .findFirst(),
                unit);
    }

    /** Whether it was looked; else it is what the unit says. */
    boolean isCertain() {
        return root.isPresent();
    }

    /** Why a file that is there, by its real path, is not there for the daemon; empty if it is. */
    Optional<String> obstacle(Path real) throws IOException {
        boolean isHidden = root.isPresent() ? !isSame(real, root.get()) : isHiddenByUnit(real);
        return isHidden ? Optional.of(reason(real)) : Optional.empty();
    }

    /** What a link leads to would be looked up in the machine as we have it. */
    private static boolean isSame(Path real, Path root) throws IOException {
        try {
            return Files.isSameFile(real, root.resolve(real.getRoot().relativize(real)));
        } catch (NoSuchFileException | AccessDeniedException e) {
            return !Files.exists(real); // just rotated
        }
    }

    boolean isHiddenByUnit(Path real) {
        return unit.isUp()
                && ((isBelow(TEMPORARY, real) && unit.hasOwnTmp()) || (isBelow(HOMES, real) && unit.hasNoHomes()));
    }

    private static String reason(Path real) {
        if (isBelow(TEMPORARY, real)) {
            return "its unit has a /tmp and a /var/tmp of its own";
        }
        return isBelow(HOMES, real) ? "its unit keeps homes from it" : "its unit keeps that folder from it";
    }

    /** What lets the daemon see it. */
    String remedy(Path real) {
        if (isBelow(TEMPORARY, real)) {
            return "write that log outside of /tmp and /var/tmp, or: " + dropIn("PrivateTmp=no");
        }
        return isBelow(HOMES, real)
                ? dropIn("ProtectHome=read-only")
                : "write that log elsewhere, or see what hides it: systemctl cat " + unit.shortName();
    }

    private String dropIn(String line) {
        String name = unit.shortName();
        return "systemctl edit " + name + ", with the lines [Service] and " + line + "; systemctl restart " + name;
    }

    private static boolean isBelow(List<Path> folders, Path real) {
        return folders.stream().anyMatch(real::startsWith);
    }
}
