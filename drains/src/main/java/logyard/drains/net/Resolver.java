package logyard.drains.net;

import java.io.IOException;
import java.net.InetAddress;
import java.security.Security;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import logyard.core.daemon.NamedThreads;

/**
 * Looks names up, at every connect and on threads of its own: the system's resolver may take as long as it likes, and no
 * event loop should wait for it. Small files that are needed for a connect are read here, too.
 */
public final class Resolver implements AutoCloseable {
    private static final int THREADS = 8;

    static {
        // Java would give an address of up to 30 s ago, but a reconnect is for the one of now.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    private final ExecutorService threads = NamedThreads.pool("resolver", THREADS);

    /** Something that may wait. */
    @FunctionalInterface
    public interface Reading<T> {
        T read() throws IOException;
    }

    /** The addresses of a host; an {@link java.net.UnknownHostException} if there are none. */
    public CompletableFuture<List<InetAddress>> resolve(String host) {
        return read(() -> List.of(InetAddress.getAllByName(host)));
    }

    /** Does something that may wait; the future holds its {@link IOException} in a {@link CompletionException}. */
    public <T> CompletableFuture<T> read(Reading<T> reading) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return reading.read();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
