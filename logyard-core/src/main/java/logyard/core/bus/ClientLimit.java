package logyard.core.bus;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes the connection of who comes to a socket of the bus when there are too many already. One thread. */
final class ClientLimit {
    private static final Logger log = LoggerFactory.getLogger(ClientLimit.class);

    /** Each costs a descriptor and some 140 kB of direct buffers, of which there are 64 MB or less; a node has a dozen. */
    static final int MAX_CLIENTS = 100;

    private final List<SocketChannel> connected = new ArrayList<>();
    private final WarningLimit warnings = new WarningLimit(System::nanoTime);

    /** The channel accepted last; null if it had to be closed, or there is none. */
    @Nullable
    SocketChannel admit(@Nullable SocketChannel channel) throws IOException {
        if (channel == null) {
            return null;
        }
        connected.removeIf(client -> !client.isOpen());
        if (connected.size() < MAX_CLIENTS) {
            connected.add(channel);
            BusThread.made(channel);
            return channel;
        }
        if (warnings.isDue()) {
            log.warn("Refusing a client of the bus: {} are connected", MAX_CLIENTS);
        }
        channel.close();
        return null;
    }
}
