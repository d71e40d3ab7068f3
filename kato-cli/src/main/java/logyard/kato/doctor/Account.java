package logyard.kato.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Whom a daemon runs as, and so what it may read.
 *
 * @param groups of all kinds, by number
 */
record Account(int uid, Set<Integer> groups) {
    private static final String DAEMONS = "logyard";
    private static final String LOG_READERS = "adm";
    private static final int READ = 4;
    private static final int SEARCH = 1;

    Account {
        groups = Set.copyOf(groups);
    }

    /** That of a process. */
    static Account of(long pid) throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"));
        int[] users = numbers(status, "Uid:");
        Set<Integer> groups = Arrays.stream(numbers(status, "Groups:")).boxed().collect(Collectors.toSet());
        groups.add(numbers(status, "Gid:")[1]);
        return new Account(users[1], groups);
    }

    /** That of the user {@code logyard}; empty if there is none. */
    static Optional<Account> ofDaemons() throws IOException {
        String user = output("id", "-u", DAEMONS);
        String groups = output("id", "-G", DAEMONS);
        return user.isEmpty() || groups.isEmpty()
                ? Optional.empty()
                : Optional.of(new Account(
                        Integer.parseInt(user),
                        Arrays.stream(groups.split("\\s+"))
                                .map(Integer::valueOf)
                                .collect(Collectors.toSet())));
    }

    /** That of systail when it does not run: its unit adds the group that may read logs. */
    static Optional<Account> ofSystail() throws IOException {
        String[] group = output("getent", "group", LOG_READERS).split(":");
        return ofDaemons().map(daemons -> {
            Set<Integer> groups = new HashSet<>(daemons.groups());
            if (group.length > 2) {
                groups.add(Integer.valueOf(group[2]));
            }
            return new Account(daemons.uid(), groups);
        });
    }

    private static int[] numbers(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .filter(rest -> !rest.isEmpty())
                .flatMapToInt(rest -> Arrays.stream(rest.split("\\s+")).mapToInt(Integer::parseInt))
                .toArray();
    }

    /** What a command prints; empty if it fails. */
    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0 ? text : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** What keeps it from reading a file that is there: the file, or a folder above it; empty if nothing does. */
    Optional<Path> obstacle(Path file) throws IOException {
        if (uid == 0) {
            return Optional.empty();
        }
        Path real = file.toRealPath();
        for (Path above = real.getParent(); above != null; above = above.getParent()) {
            if (!may(SEARCH, above)) {
                return Optional.of(above);
            }
        }
        return may(READ, real) ? Optional.empty() : Optional.of(real);
    }

    /** By the mode alone: access lists are not looked at, nor are capabilities. */
    private boolean may(int bit, Path path) throws IOException {
        int mode = (int) Files.getAttribute(path, "unix:mode");
        if ((int) Files.getAttribute(path, "unix:uid") == uid) {
            return (mode >> 6 & bit) != 0;
        }
        boolean isOfGroup = groups.contains((int) Files.getAttribute(path, "unix:gid"));
        return ((isOfGroup ? mode >> 3 : mode) & bit) != 0;
    }
}
