package logyard.core.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** Publishes single frames, whatever is in them, once the core is there. One thread. */
final class PlainPublisher implements AutoCloseable {
    private final Bus bus;
    private final ZMQ.Socket socket;

    PlainPublisher(BusAddresses addresses) {
        bus = new Bus(addresses);
        socket = bus.socket(SocketType.XPUB);
        socket.setSndHWM(0);
        socket.setReceiveTimeOut(60_000);
        Bus.connect(socket, addresses.publish());
        assertThat(socket.recv()).as("the core's subscription").containsExactly(1);
    }

    void publish(String event) {
        publish(event.getBytes(UTF_8));
    }

    void publish(byte[] frame) {
        socket.send(frame);
    }

    @Override
    public void close() {
        socket.setLinger(5000);
        socket.close();
        bus.close();
    }
}
