package logyard.core.drain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import logyard.core.event.Keys;
import logyard.core.event.Message;

/**
 * A drain as it is configured: its name, its URI, and the values in it, read as what they should be.
 *
 * @param prefixes what the keys that it wants begin with, as bytes; of a whole key, with the blank behind it
 * @param format what to send for each event
 */
public record DrainSpec(String name, DrainUri uri, List<byte[]> prefixes, MessageFormat format) {
    public DrainSpec {
        prefixes = List.copyOf(prefixes);
    }

    /** A parameter of every drain: since when it wants what came in, in seconds since 1970. */
    public static final String SINCE = "since";

    /** A parameter of every drain: how many of the last events, of those it wants, it begins with. */
    public static final String LAST = "last";

    /** The most there may be of {@value #LAST}; beyond that {@value #SINCE} says better what is wanted. */
    public static final int MOST_LAST = 100_000;

    /** The year 9999. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

    /**
     * Reads a URI and finds its format, which may be the name of one in {@code formats}.
     *
     * @throws InvalidDrainException if the URI, a filter or the format is unusable
     */
    public static DrainSpec parse(String name, String uri, Map<String, String> formats) {
        DrainUri parsed = DrainUri.parse(uri);
        List<byte[]> prefixes = new ArrayList<>();
        for (String filter : parsed.filters()) {
            String beginning = Keys.withoutEnd(filter);
            if (beginning.chars().anyMatch(c -> c <= ' ' || c == 0x7f)
                    || filter.length() > Keys.MAX_BYTES
                    || (beginning.isEmpty() && !filter.isEmpty())) {
                throw new InvalidDrainException(
                        "filter must be the beginning of a key, without blanks and at most " + Keys.MAX_BYTES
                                + " characters, or a whole key with one blank behind it, got \"" + filter + "\"");
            }
            prefixes.add(AppDrains.prefix(name, filter).getBytes(StandardCharsets.UTF_8));
        }
        String format = parsed.format().orElse(Formats.usual(parsed.scheme()));
        return new DrainSpec(name, parsed, prefixes, Formats.find(name, format, formats));
    }

    /** The number given as a parameter; {@code absent} if it is not given or empty. */
    public long number(String parameter, long absent, long min, long max) {
        String text = uri.params().getOrDefault(parameter, "");
        if (text.isEmpty()) {
            return absent;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InvalidDrainException(
                parameter + " must be a number from " + min + " to " + max + ", got \"" + text + "\"");
    }

    /** Since when a drain that is new wants what came in, as its parameter {@value #SINCE} says; empty: from now on. */
    public Optional<Instant> since() {
        long seconds = number(SINCE, 0, 0, MAX_SECONDS);
        return seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    /** How many of the last events a drain that is new begins with, as its parameter {@value #LAST} says; 0: none. */
    public int last() {
        return (int) number(LAST, 0, 0, MOST_LAST);
    }

    /** The yes or no given as a parameter; {@code absent} if it is not given or empty. */
    public boolean flag(String parameter, boolean absent) {
        String text = uri.params().getOrDefault(parameter, "");
        if (text.isEmpty()) {
            return absent;
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return TRUE.contains(text);
        }
        throw new InvalidDrainException(parameter + " must be 1, true, 0 or false, got \"" + text + "\"");
    }

    /** The text given as a parameter, if it is not empty. */
    public Optional<String> text(String parameter) {
        return Optional.ofNullable(uri.params().get(parameter)).filter(text -> !text.isEmpty());
    }

    /**
     * Host and port, both of which must be there.
     *
     * @throws InvalidDrainException if one is missing or the port is no port
     */
    public HostAndPort hostAndPort() {
        String text = uri.host();
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? "" : text.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || port.isEmpty() || (host.indexOf(':') >= 0 && !bracketed)) {
            throw new InvalidDrainException(uri.scheme() + "://" + text
                    + " needs a host and a port, such as " + uri.scheme() + "://logs.example.com:514"
                    + (host.indexOf(':') >= 0 ? "; an IPv6 address goes into brackets" : ""));
        }
        int number = port.length() > 5 ? -1 : Integer.parseInt(port);
        if (number < 1 || number > 65535) {
            throw new InvalidDrainException("the port must be a number from 1 to 65535, got \"" + port + "\"");
        }
        return new HostAndPort(bracketed ? host.substring(1, host.length() - 1) : host, number);
    }

    /** Where to connect to. */
    public record HostAndPort(String host, int port) {
        @Override
        public String toString() {
            return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
        }
    }

    /** Whether the drain wants an event: its key begins with one of the filters. */
    public boolean wants(Message message) {
        for (int i = 0; i < prefixes.size(); i++) {
            if (message.keyStartsWith(prefixes.get(i))) {
                return true;
            }
        }
        return false;
    }
}
