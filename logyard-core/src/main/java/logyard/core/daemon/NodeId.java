package logyard.core.daemon;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import logyard.config.ConfigException;

/** The address under which this node is known in keys, records and the tree. */
public final class NodeId {
    private NodeId() {}

    /**
     * What {@code node.ip} says; else the address from which this node speaks to the first ZooKeeper server, if that is
     * another host; else the first IPv4 address that is not loopback; else {@code 127.0.0.1}. (The original took the
     * first address there was, which on hosts with several networks was often the wrong one: 09 F-47.)
     */
    public static String of(Settings settings) {
        String configured = settings.text(Setting.NODE_IP);
        if (!configured.isEmpty()) {
            return checked(configured);
        }
        String server = settings.text(Setting.ZK_CONNECT).split(",", 2)[0];
        String host = server.replaceFirst(":\\d*$", "");
        String source = sourceOfRouteTo(host);
        return source.isEmpty() ? firstAddress() : source;
    }

    private static String checked(String address) {
        if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            throw new ConfigException(List.of(
                    Setting.NODE_IP.key() + " must be an IPv4 address such as 10.0.0.5, got \"" + address + "\""));
        }
        return address;
    }

    /** The local end of a path to {@code host}, which is asked of the routing table only; empty if there is none. */
    private static String sourceOfRouteTo(String host) {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), 9));
            InetAddress local = socket.getLocalAddress();
            boolean useful = local instanceof Inet4Address && !local.isLoopbackAddress() && !local.isAnyLocalAddress();
            return useful ? local.getHostAddress() : "";
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }

    private static String firstAddress() {
        try {
            return NetworkInterface.networkInterfaces()
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex)) // not that of a container made later
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElse("127.0.0.1");
        } catch (SocketException e) {
            return "127.0.0.1";
        }
    }
}
