package logyard.core.daemon;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logyard.config.ConfigException;

/** Where a process tells of itself: daemons of a node have the same settings, and each its own port. */
public final class ListenAddress {
    private static final int LAST_PORT = 65_535;

    /** So far from the port that is set; 0 for all others. */
    private static final Map<String, Integer> OFFSETS = Map.of("systail", 1, "cloud_events", 2, "apptail", 3);

    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[^:\\[\\]\\s]+):(\\d{1,5})");

    private ListenAddress() {}

    /**
     * The address for a process; empty if it is to tell nothing. Port 0 is any that is free.
     *
     * @throws ConfigException if the setting is no address
     */
    public static Optional<InetSocketAddress> of(Settings settings, String process) {
        String text = settings.text(Setting.METRICS_LISTEN);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw refused(text, "");
        }
        int port = Integer.parseInt(form.group(2));
        if (port > LAST_PORT - OFFSETS.size()) {
            throw refused(text, "; the port must leave room for those of the other daemons");
        }
        try {
            InetAddress host = InetAddress.getByName(form.group(1));
            return Optional.of(new InetSocketAddress(host, port == 0 ? 0 : port + OFFSETS.getOrDefault(process, 0)));
        } catch (UnknownHostException e) {
            throw refused(text, "; no such host: " + form.group(1));
        }
    }

    private static ConfigException refused(String text, String why) {
        return new ConfigException(List.of(Setting.METRICS_LISTEN.key()
                + " must be an address of this node and a port, such as 127.0.0.1:9464, or empty, got \"" + text + "\""
                + why));
    }
}
