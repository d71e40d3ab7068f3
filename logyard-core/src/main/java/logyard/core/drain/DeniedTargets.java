package logyard.core.drain;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logyard.core.daemon.IpNetwork;

/**
 * Networks that no drain of a node may send to, whoever adds it: {@code drain.denied_targets}. Meant are the services
 * that a cloud offers each of its machines, and which tell secrets to whoever can reach them.
 *
 * <p>It is asked with the addresses that a name has at the moment, on every connect, so that no name leads round it.
 * Immutable.
 */
public final class DeniedTargets {
    /** Nothing is denied. */
    public static final DeniedTargets NONE = new DeniedTargets(List.of());

    private final List<IpNetwork> networks;

    public DeniedTargets(List<IpNetwork> networks) {
        this.networks = List.copyOf(networks);
    }

    /**
     * Refuses a host that is written as a denied address. What a name leads to is for {@link #permitted} to see.
     *
     * @throws InvalidDrainException naming the address and the network it is in
     */
    public void check(DrainSpec.HostAndPort target) {
        Optional<IpNetwork> denied = IpNetwork.address(target.host()).flatMap(this::denying);
        if (denied.isPresent()) {
            throw new InvalidDrainException(because(target.host(), denied.get()));
        }
    }

    /**
     * Those of a host's addresses that may be connected to.
     *
     * @throws IOException if none may
     */
    public List<InetAddress> permitted(List<InetAddress> addresses) throws IOException {
        List<InetAddress> permitted = new ArrayList<>(addresses.size());
        String refusal = "";
        for (InetAddress address : addresses) {
            Optional<IpNetwork> denied = denying(address.getAddress());
            if (denied.isEmpty()) {
                permitted.add(address);
            } else {
                refusal = because(address.getHostAddress(), denied.get());
            }
        }
        if (permitted.isEmpty() && !refusal.isEmpty()) {
            throw new IOException(refusal);
        }
        return permitted;
    }

    private Optional<IpNetwork> denying(byte[] address) {
        return networks.stream().filter(network -> network.contains(address)).findFirst();
    }

    private static String because(String host, IpNetwork network) {
        return "drains may not send to " + host + " (" + network + " is one of drain.denied_targets on this node)";
    }
}
