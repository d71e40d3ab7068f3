package logyard.kato.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/** A server that others run, by its address. */
record Server(String host, int port) {
    private static final int PATIENCE_MILLIS = 2000;

    /** Reads {@code host}, {@code host:port} or {@code [v6]:port}. */
    static Server parse(String address, int usualPort) {
        String trimmed = address.strip();
        int colon = trimmed.lastIndexOf(':');
        boolean hasPort =
                colon > trimmed.lastIndexOf(']') && trimmed.substring(colon + 1).matches("\\d{1,5}");
        String host = hasPort ? trimmed.substring(0, colon) : trimmed;
        return new Server(
                host.replaceAll("^\\[|]$", ""), hasPort ? Integer.parseInt(trimmed.substring(colon + 1)) : usualPort);
    }

    /** Why it takes no connection; empty if it does. */
    Optional<String> problem() {
        try (var socket = new Socket()) {
            var address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                return Optional.of("its name is not known here");
            }
            socket.connect(address, PATIENCE_MILLIS);
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
