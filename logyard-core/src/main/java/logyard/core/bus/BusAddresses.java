package logyard.core.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logyard.config.ConfigException;

/**
 * Where the bus of this node is. Only Unix sockets and loopback: no event crosses the network through the bus.
 *
 * @param publish where publishers connect to
 * @param subscribe where subscribers connect to
 * @param acknowledge where publishers learn what has been stored
 */
public record BusAddresses(String publish, String subscribe, String acknowledge) {
    /** The default: {@code /run/logyard/{pub,sub,ack}.sock}. */
    public static final BusAddresses UNIX = inFolder("/run/logyard");

    /** The addresses of 2013, and one more for the acknowledgements. */
    public static final BusAddresses TCP =
            new BusAddresses("tcp://127.0.0.1:5559", "tcp://127.0.0.1:5560", "tcp://127.0.0.1:5561");

    private static final Pattern LOOPBACK =
            Pattern.compile("tcp://(127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|localhost|\\[::1\\]):(\\d{1,5})");

    /** What a Unix socket's address can hold, less the final NUL (unix(7)). */
    private static final int MAX_PATH_BYTES = 107;

    public BusAddresses {
        List<String> problems = new ArrayList<>();
        check("bus.publish", publish, problems);
        check("bus.subscribe", subscribe, problems);
        check("bus.acknowledge", acknowledge, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    /** Three Unix sockets in one folder. */
    public static BusAddresses inFolder(String folder) {
        return new BusAddresses(
                "ipc://" + folder + "/pub.sock", "ipc://" + folder + "/sub.sock", "ipc://" + folder + "/ack.sock");
    }

    private static void check(String setting, String address, List<String> problems) {
        if (address.startsWith("ipc:///")) {
            int length = address.length() - "ipc://".length();
            if (length > MAX_PATH_BYTES) {
                problems.add(setting + " is " + address + ", whose path of " + length
                        + " bytes is longer than a Unix socket's can be (" + MAX_PATH_BYTES + ")");
            }
            return;
        }
        Matcher loopback = LOOPBACK.matcher(address);
        if (!loopback.matches() || Integer.parseInt(loopback.group(2)) > 65535) {
            problems.add(setting + " must be ipc:///<path> or tcp://127.0.0.1:<port>, got \"" + address
                    + "\": the bus takes clients of this node only");
        }
    }
}
