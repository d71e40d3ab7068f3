package logyard.drains;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/** A target for any number of TCP drains, on one thread: counts the lines, and can end all connections. */
public final class Sink implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final AtomicLong lines = new AtomicLong();
    private final Thread thread = new Thread(this::run, "sink");
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    private volatile boolean resetting;
    private volatile boolean stopping;

    /** Listens at a port of loopback. */
    public Sink() throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        thread.start();
    }

    public int port() {
        return server.socket().getLocalPort();
    }

    public long lines() {
        return lines.get();
    }

    /** How many connections there are. */
    public int connections() {
        return selector.keys().size() - 1;
    }

    /** Ends all connections there are; new ones are welcome. */
    public void endConnections() {
        resetting = true;
        selector.wakeup();
    }

    private void run() {
        try {
            while (!stopping) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    serve(key);
                }
                selector.selectedKeys().clear();
                if (resetting) {
                    resetting = false;
                    closeAll();
                }
            }
            closeAll();
            server.close();
            selector.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            SocketChannel connection = server.accept();
            if (connection != null) {
                connection.configureBlocking(false);
                connection.register(selector, SelectionKey.OP_READ);
            }
            return;
        }
        try {
            buffer.clear();
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                key.channel().close();
            }
            for (int i = 0; i < buffer.position(); i++) {
                lines.addAndGet(buffer.get(i) == '\n' ? 1 : 0);
            }
        } catch (IOException e) {
            key.channel().close();
        }
    }

    private void closeAll() throws IOException {
        for (SelectionKey key : selector.keys()) {
            if (key.channel() != server) {
                key.channel().close();
            }
        }
        selector.selectNow();
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        selector.wakeup();
        thread.join();
    }
}
