package logyard.core.drain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import logyard.core.daemon.IpNetwork;
import logyard.core.daemon.Setting;

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

    private final List<Denial> denials;

    private record Denial(IpNetwork network, Setting setting) {
        private String because(String host) {
            return "drains may not send to " + host + " (" + network + " is one of " + setting.key() + " on this node)";
        }

        /** Whoever may not reach the node over the loopback may not reach it by its other addresses. */
        private boolean deniesTheNode() {
            return setting == Setting.APPDRAIN_DENIED_TARGETS && network.contains(LOOPBACK);
        }
    }

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    /** @param networks those of {@code drain.denied_targets} */
    public DeniedTargets(List<IpNetwork> networks) {
        this(Setting.DRAIN_DENIED_TARGETS, networks, List.of());
    }

    private DeniedTargets(Setting setting, List<IpNetwork> networks, List<Denial> others) {
        this.denials = Stream.concat(others.stream(), networks.stream().map(network -> new Denial(network, setting)))
                .toList();
    }

    /** These, and those of another setting. */
    DeniedTargets and(Setting setting, List<IpNetwork> networks) {
        return new DeniedTargets(setting, networks, denials);
    }

    /**
     * Refuses a host that is written as a denied address. What a name leads to is for {@link #permitted} to see.
     *
     * @throws InvalidDrainException naming the address and the network it is in
     */
    public void check(DrainSpec.HostAndPort target) {
        Optional<Denial> denied = IpNetwork.address(target.host()).flatMap(this::denying);
        if (denied.isPresent()) {
            throw new InvalidDrainException(denied.get().because(target.host()));
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
            Optional<Denial> denied = denying(address.getAddress());
            if (denied.isEmpty()) {
                permitted.add(address);
            } else {
                refusal = denied.get().because(address.getHostAddress());
            }
        }
        if (permitted.isEmpty() && !refusal.isEmpty()) {
            throw new IOException(refusal);
        }
        return permitted;
    }

    private Optional<Denial> denying(byte[] address) {
        return denials.stream()
                .filter(denial -> denial.network().contains(address) || (denial.deniesTheNode() && isOfNode(address)))
                .findFirst();
    }

    private static boolean isOfNode(byte[] address) {
        try {
            return NetworkInterface.getByInetAddress(InetAddress.getByAddress(address)) != null;
        } catch (IOException e) {
            return false; // which no address of its own is
        }
    }
}
