package logyard.core.daemon;

import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logyard.config.ConfigException;
import logyard.config.GoDuration;
import logyard.config.Problems;
import logyard.config.Suggestion;
import logyard.core.bus.BusAddresses;

/**
 * The local settings of a process: the packaged defaults, over them the file, over that the environment, over that the
 * command line. Immutable.
 */
public final class Settings {
    /** The environment variable that names the file, where the command line does not. */
    public static final String FILE_VARIABLE = "LOGYARD_CONF";

    /** Read where no other file is named; need not exist. */
    public static final Path DEFAULT_FILE = Path.of("/etc/logyard/logyard.properties");

    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB|TiB)?");
    private static final List<String> SIZE_UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private final Map<Setting, String> values;

    private Settings(Map<Setting, String> values) {
        this.values = values;
    }

    /**
     * Brings the settings together.
     *
     * @param file the file that was named; else that in {@link #FILE_VARIABLE}, else {@link #DEFAULT_FILE}, if it exists
     * @param given what the command line sets, {@code key=value}
     * @param environment the process's variables
     * @throws ConfigException if a key is unknown, or the file cannot be read; it names every problem
     */
    public static Settings load(Optional<Path> file, Map<String, String> given, Map<String, String> environment) {
        var problems = new Problems();
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, setting.absent());
        }
        Optional<Path> named = file.or(
                () -> Optional.ofNullable(environment.get(FILE_VARIABLE)).map(Path::of));
        if (named.isPresent() || Files.exists(DEFAULT_FILE)) {
            Path read = named.orElse(DEFAULT_FILE);
            putAll(readFile(read, problems), read.toString(), values, problems);
        }
        for (Setting setting : Setting.values()) {
            String value = environment.get(setting.variable());
            if (value != null) {
                values.put(setting, value);
            }
        }
        putAll(given, "--set", values, problems);
        problems.throwIfAny();
        return new Settings(values);
    }

    /** The same, but for one. */
    public Settings with(Setting setting, String value) {
        Map<Setting, String> changed = new EnumMap<>(values);
        changed.put(setting, value);
        return new Settings(changed);
    }

    private static Map<String, String> readFile(Path file, Problems problems) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            problems.add("there is no file " + file + ": name one that exists by --conf or $" + FILE_VARIABLE
                    + ", or leave both out; then " + DEFAULT_FILE + " is read, if it exists");
        } catch (AccessDeniedException e) {
            problems.add("may not read " + file + " as this user: let it be readable (chmod a+r " + file
                    + "), or name another by --conf or $" + FILE_VARIABLE);
        } catch (IOException | IllegalArgumentException e) {
            problems.add("cannot read " + file + ": " + e + "; it must hold lines KEY=VALUE in UTF-8");
        }
        Map<String, String> values = new java.util.TreeMap<>();
        properties.forEach((key, value) -> values.put((String) key, ((String) value).trim()));
        return values;
    }

    private static void putAll(Map<String, String> from, String where, Map<Setting, String> values, Problems problems) {
        from.forEach((key, value) -> {
            Optional<Setting> setting = Setting.of(key);
            if (setting.isPresent()) {
                values.put(setting.get(), value);
            } else {
                problems.add("unknown setting \"" + key + "\" in " + where
                        + Suggestion.hint(
                                key,
                                Arrays.stream(Setting.values())
                                        .map(Setting::key)
                                        .toList()));
            }
        });
    }

    /** The value as it is written. */
    public String text(Setting setting) {
        return values.getOrDefault(setting, setting.absent());
    }

    public Path path(Setting setting) {
        return Path.of(text(setting));
    }

    /** Paths separated by colons. */
    public List<Path> paths(Setting setting) {
        List<Path> paths = new ArrayList<>();
        for (String path : text(setting).split(":")) {
            if (!path.isEmpty()) {
                paths.add(Path.of(path));
            }
        }
        return paths;
    }

    /**
     * A size: bytes, or with a unit, {@code 512MiB}.
     *
     * @throws ConfigException if it is none
     */
    public long bytes(Setting setting) {
        Matcher size = SIZE.matcher(text(setting));
        if (!size.matches()) {
            throw new ConfigException(
                    List.of(setting.key() + " must be a size such as 512MiB, got \"" + text(setting) + "\""));
        }
        int unit = size.group(2) == null ? 0 : SIZE_UNITS.indexOf(size.group(2));
        try {
            return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << (10 * unit));
        } catch (ArithmeticException e) {
            throw new ConfigException(List.of(setting.key() + " is more than there is, got \"" + text(setting) + "\""));
        }
    }

    /**
     * A duration in Go's way of writing, {@code 100ms}.
     *
     * @throws ConfigException if it is none
     */
    public Duration duration(Setting setting) {
        try {
            Duration duration = GoDuration.parse(text(setting));
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            // what it must be is said below
        }
        throw new ConfigException(
                List.of(setting.key() + " must be a duration such as 100ms, got \"" + text(setting) + "\""));
    }

    /**
     * Networks separated by commas.
     *
     * @throws ConfigException if one is none
     */
    public List<IpNetwork> networks(Setting setting) {
        List<IpNetwork> networks = new ArrayList<>();
        for (String part : text(setting).split(",")) {
            if (!part.isBlank()) {
                networks.add(IpNetwork.parse(part.trim())
                        .orElseThrow(() -> new ConfigException(List.of(setting.key()
                                + " must be networks or addresses separated by commas, such as 169.254.0.0/16,fe80::/10,"
                                + " got \"" + part.trim() + "\""))));
            }
        }
        return networks;
    }

    /**
     * Where the bus is.
     *
     * @throws ConfigException if an address is not of this node
     */
    public BusAddresses bus() {
        String publish = text(Setting.BUS_PUBLISH);
        String subscribe = text(Setting.BUS_SUBSCRIBE);
        String acknowledge = text(Setting.BUS_ACKNOWLEDGE);
        String read = text(Setting.BUS_READ);
        return read.isEmpty()
                ? new BusAddresses(publish, subscribe, acknowledge)
                : new BusAddresses(publish, subscribe, acknowledge, read);
    }

    /**
     * Reads every setting as the daemons will; what a journal or a bus refuses beyond that shows at their start.
     *
     * @throws ConfigException if one cannot be read
     */
    public void checkAll() {
        bytes(Setting.JOURNAL_MAX_BYTES);
        bytes(Setting.JOURNAL_MIN_FREE_BYTES);
        duration(Setting.JOURNAL_SYNC);
        networks(Setting.DRAIN_DENIED_TARGETS);
        networks(Setting.APPDRAIN_DENIED_TARGETS);
        bus();
        Optional<InetSocketAddress> unused = ListenAddress.of(this, "");
        NodeId.of(this);
    }
}
