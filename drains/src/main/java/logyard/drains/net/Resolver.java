package logyard.drains.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import logyard.core.daemon.NamedThreads;

/**
 * Looks names up, at every connect and on threads of its own: the system's resolver may take as long as it likes, and no
 * event loop should wait for it.
 */
public final class Resolver implements AutoCloseable {
    private static final int THREADS = 8;

    private final ExecutorService threads = NamedThreads.pool("resolver", THREADS);

    /** The addresses of a host; an {@link UnknownHostException} if there are none. */
    public CompletableFuture<List<InetAddress>> resolve(String host) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return List.of(InetAddress.getAllByName(host));
                    } catch (UnknownHostException e) {
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
