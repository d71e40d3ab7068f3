package logyard.drains.net;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import logyard.core.daemon.NameLookups;
import logyard.core.daemon.NamedThreads;
import logyard.core.drain.DeniedTargets;

/**
 * Looks names up, at every connect and on threads of its own: the system's resolver may take as long as it likes, and no
 * event loop should wait for it. Small files that are needed for a connect are read here, too.
 */
public final class Resolver implements AutoCloseable {
    private static final int THREADS = 8;

    private static final int FILE_THREADS = 2;

    static {
        NameLookups.uncached(); // in a process whose main does not say so
    }

    private final ExecutorService threads = NamedThreads.pool("resolver", THREADS);
    private final ExecutorService fileThreads = NamedThreads.pool("drain-files", FILE_THREADS);

    /** Something that may wait. */
    @FunctionalInterface
    public interface Reading<T> {
        T read() throws IOException;
    }

    /**
     * The addresses of a host; an {@link java.net.UnknownHostException} if there are none. An address needs no thread, so
     * that names whose servers do not answer keep nobody from it.
     */
    public CompletableFuture<List<InetAddress>> resolve(String host) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        if (address != null && host.indexOf('%') < 0) {
            try {
                return CompletableFuture.completedFuture(List.of(InetAddress.getByAddress(address)));
            } catch (UnknownHostException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        return wait(threads, () -> List.of(InetAddress.getAllByName(host)));
    }

    /** Leaves out the addresses that drains may not send to, and fails as a stage does if that is all of them. */
    public static List<InetAddress> permitted(List<InetAddress> addresses, DeniedTargets denied) {
        try {
            return denied.permitted(addresses);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Reads a small file; the future holds its {@link IOException} in a {@link CompletionException}. */
    public <T> CompletableFuture<T> read(Reading<T> reading) {
        return wait(fileThreads, reading);
    }

    private static <T> CompletableFuture<T> wait(ExecutorService threads, Reading<T> reading) {
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
        fileThreads.shutdownNow();
    }
}
