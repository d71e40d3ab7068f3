package logyard.core.bus;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logyard.config.Problems;

/**
 * Where the bus of this node is. Only Unix sockets and loopback: no event crosses the network through the bus.
 *
 * @param publish where publishers connect to
 * @param subscribe where subscribers connect to
 * @param acknowledge where publishers learn what has been stored
 * @param read where named subscribers read without loss
 */
public record BusAddresses(String publish, String subscribe, String acknowledge, String read) {
    private static final Pattern LOOPBACK =
            Pattern.compile("tcp://(127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|localhost):(\\d{1,5})");

    /** What a Unix socket's address can hold, less the final NUL (unix(7)). */
    private static final int MAX_PATH_BYTES = 107;

    // Below what they are checked with, which must be there before them.

    /** The default: {@code /run/logyard/{pub,sub,ack,read}.sock}. */
    public static final BusAddresses UNIX = inFolder("/run/logyard");

    /** The addresses of 2013, and two more, for the acknowledgements and for named subscribers. */
    public static final BusAddresses TCP =
            new BusAddresses("tcp://127.0.0.1:5559", "tcp://127.0.0.1:5560", "tcp://127.0.0.1:5561");

    /** The fourth is beside the third: {@code read.sock} in its folder, or the next port. */
    public BusAddresses(String publish, String subscribe, String acknowledge) {
        this(publish, subscribe, acknowledge, beside(acknowledge));
    }

    public BusAddresses {
        var problems = new Problems();
        check("bus.publish", publish, problems);
        check("bus.subscribe", subscribe, problems);
        check("bus.acknowledge", acknowledge, problems);
        check("bus.read", read, problems);
        problems.require(
                new HashSet<>(List.of(publish, subscribe, acknowledge, read)).size() == 4,
                "bus.publish, bus.subscribe, bus.acknowledge and bus.read must be four different addresses");
        problems.throwIfAny();
    }

    private static String beside(String acknowledge) {
        Matcher loopback = LOOPBACK.matcher(acknowledge);
        if (loopback.matches()) {
            int colon = acknowledge.lastIndexOf(':');
            return acknowledge.substring(0, colon + 1) + (Integer.parseInt(acknowledge.substring(colon + 1)) + 1);
        }
        return acknowledge.substring(0, acknowledge.lastIndexOf('/') + 1) + "read.sock";
    }

    /** Four Unix sockets in one folder. */
    public static BusAddresses inFolder(String folder) {
        return new BusAddresses(
                "ipc://" + folder + "/pub.sock", "ipc://" + folder + "/sub.sock", "ipc://" + folder + "/ack.sock");
    }

    private static void check(String setting, String address, Problems problems) {
        if (address.startsWith("ipc:///")) {
            int length = address.getBytes(StandardCharsets.UTF_8).length - "ipc://".length();
            problems.require(
                    length <= MAX_PATH_BYTES,
                    setting + " is " + address + ", whose path of " + length
                            + " bytes is longer than a Unix socket's can be (" + MAX_PATH_BYTES + ")");
            return;
        }
        Matcher loopback = LOOPBACK.matcher(address);
        problems.require(
                loopback.matches() && isPort(loopback.group(2)),
                setting + " must be ipc:///<path> or tcp://127.0.0.1:<port>, got \"" + address
                        + "\": the bus takes clients of this node only");
    }

    private static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port > 0 && port < 65536;
    }
}
