package logyard.core.bus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import logyard.core.event.StreamId;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** Tells publishers what is stored. Made, used and closed by one thread, {@code commit}. */
public final class Acknowledger implements AutoCloseable {
    private final ZMQ.Socket socket;
    private final String epoch;

    /**
     * Binds the third endpoint of the bus.
     *
     * @param epoch names this life of the core
     * @throws BusException if the address cannot be bound
     */
    public Acknowledger(Bus bus, String epoch) {
        this.epoch = epoch;
        socket = bus.socket(SocketType.PUB);
        Bus.bind(socket, bus.addresses().acknowledge());
    }

    /** Sends one frame to each client that there is something to tell. */
    public void send(PendingAcknowledgements.Taken taken) {
        Set<String> clients = new HashSet<>(taken.streams().keySet());
        clients.addAll(taken.resend().keySet());
        Map<StreamId, Long> nothing = new HashMap<>();
        for (String client : clients) {
            socket.send(new Acknowledgement(
                            epoch,
                            taken.streams().getOrDefault(client, nothing),
                            taken.resend().getOrDefault(client, nothing))
                    .toFrame(client));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
