package logyard.kato.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** {@code systemctl} of this node, which may not be there, may not be allowed, and may hang. One thread. */
final class Systemctl {
    /** To look is quick; a bus that does not answer must not keep kato. */
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(5);

    /** A stop has 20 s by the units, and there are a few. */
    private static final Duration ACT_LIMIT = Duration.ofSeconds(90);

    private static final List<String> PROPERTIES = List.of(
            "Id", "LoadState", "ActiveState", "SubState", "UnitFileState", "MainPID", "PrivateTmp", "ProtectHome");

    /**
     * What came of a call.
     *
     * @param status that it ended with
     */
    record Outcome(int status, String out, String err) {
        boolean succeeded() {
            return status == 0;
        }
    }

    /** How units are, by name; empty if systemd is not there or does not answer. Never fails. */
    Optional<Map<String, Unit>> show(Collection<String> units) {
        List<String> command = new ArrayList<>(List.of("show", "--property=" + String.join(",", PROPERTIES)));
        command.addAll(units);
        try {
            Outcome outcome = run(command, LOOK_LIMIT);
            return outcome.succeeded() ? Optional.of(parsed(outcome.out())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Starts, stops or restarts units, and waits until that is done.
     *
     * @throws IOException if there is no systemctl, or it takes too long; the message says which
     */
    Outcome act(String verb, Collection<String> units) throws IOException {
        List<String> command = new ArrayList<>(List.of("--no-ask-password", verb));
        command.addAll(units);
        return run(command, ACT_LIMIT);
    }

    /** One block of {@code name=value} lines for each unit, with an empty line between. */
    private static Map<String, Unit> parsed(String text) {
        Map<String, Unit> units = new TreeMap<>();
        for (String block : text.split("\n\n")) {
            Map<String, String> properties = new HashMap<>();
            block.lines()
                    .map(line -> line.split("=", 2))
                    .filter(pair -> pair.length == 2)
                    .forEach(pair -> properties.put(pair[0], pair[1]));
            String name = properties.get("Id");
            if (name != null) {
                units.put(name, new Unit(name, properties));
            }
        }
        return units;
    }

    /** Its output goes to files: who reads pipes waits for whoever holds them. */
    private static Outcome run(List<String> arguments, Duration limit) throws IOException {
        List<String> command = new ArrayList<>(List.of("systemctl"));
        command.addAll(arguments);
        Path out = Files.createTempFile("kato", ".out");
        Path err = Files.createTempFile("kato", ".err");
        try {
            var builder = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process = builder.start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(
                        "systemctl " + arguments.get(0) + " did not end within " + limit.toSeconds() + " s");
            }
            return new Outcome(process.exitValue(), text(out), text(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    }
}
