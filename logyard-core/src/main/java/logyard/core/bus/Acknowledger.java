package logyard.core.bus;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
        socket = bus.socket(SocketType.XPUB);
        Bus.bind(socket, bus.addresses().acknowledge());
    }

    /** Sends one frame to each client that there is something to tell. */
    public void send(PendingAcknowledgements.Taken taken) {
        noticeClients();
        Set<String> clients = new HashSet<>(taken.streams().keySet());
        clients.addAll(taken.resend().keySet());
        for (String client : clients) {
            socket.send(new Acknowledgement(
                            epoch,
                            taken.streams().getOrDefault(client, Map.of()),
                            taken.resend().getOrDefault(client, Map.of()))
                    .toFrame(client));
        }
    }

    /**
     * Looks after who came and went; to be called now and then where nothing is sent, since only the thread of a socket
     * can take in those who connect, and forget those who left.
     */
    public void noticeClients() {
        byte[] subscription;
        do {
            subscription = socket.recv(ZMQ.DONTWAIT);
        } while (subscription != null);
    }

    @Override
    public void close() {
        socket.close();
    }
}
