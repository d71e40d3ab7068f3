package logyard.core.bus;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A connection to one of the bus's sockets over which any bytes can be sent, for tests. */
final class RawPeer implements AutoCloseable {
    /** The greeting of ZMTP 3.0 without encryption. */
    static final byte[] GREETING =
            HexFormat.of().parseHex("ff00000000000000007f" + "0300" + "4e554c4c" + "00".repeat(16 + 1 + 31));

    private final SocketChannel channel;

    RawPeer(String address) throws IOException {
        channel = SocketChannel.open(socketAddress(address));
    }

    private static SocketAddress socketAddress(String address) {
        return address.startsWith("ipc://")
                ? UnixDomainSocketAddress.of(address.substring("ipc://".length()))
                : new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), URI.create(address).getPort());
    }

    /** A peer that has shaken hands as a socket of some type. */
    static RawPeer greeted(String address, String socketType) throws IOException {
        var peer = new RawPeer(address);
        peer.send(GREETING);
        peer.read(GREETING.length);
        peer.send(ready(socketType));
        peer.read(peer.read(2).get(1));
        return peer;
    }

    private ByteBuffer read(int count) throws IOException {
        var buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("Cut off in the handshake");
            }
        }
        return buffer;
    }

    /** The command that ends the handshake. */
    static byte[] ready(String socketType) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {5, 'R', 'E', 'A', 'D', 'Y', 11});
        body.writeBytes("Socket-Type".getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(new byte[] {0, 0, 0, (byte) socketType.length()});
        body.writeBytes(socketType.getBytes(StandardCharsets.US_ASCII));
        return frame(4, body.toByteArray());
    }

    /** A frame of ZMTP 2 and later. */
    static byte[] frame(int flags, byte[] body) {
        return body.length < 256
                ? concat(new byte[] {(byte) flags, (byte) body.length}, body)
                : concat(header(flags | 2, body.length), body);
    }

    /** The header of a large frame. */
    static byte[] header(int flags, long size) {
        return ByteBuffer.allocate(9).put((byte) flags).putLong(size).array();
    }

    static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    void send(byte[] bytes) throws IOException {
        for (var buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
            channel.write(buffer);
        }
    }

    /** Sends what the other side may not read to its end. */
    void sendRegardless(byte[] bytes) {
        try {
            send(bytes);
        } catch (IOException e) {
            // Cut off, rightly.
        }
    }

    /** Reads until the other side has closed the connection. */
    void awaitEnd() {
        var buffer = ByteBuffer.allocate(1000);
        try {
            while (channel.read(buffer.clear()) >= 0) {
                // What was on the way before.
            }
        } catch (IOException e) {
            // Reset: closed with something unread.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
