package logyard.drains.net;

/**
 * The threads of all network drains of this process: a few event loops, and a few threads that look names up. Each drain
 * type has one of these; all share the same threads, which end when the last one is closed.
 */
public final class Network implements AutoCloseable {
    private static Threads current = new Threads();

    private static final class Threads {
        private final DrainLoops loops = new DrainLoops();
        private final Resolver resolver = new Resolver();
        private int users;
    }

    private final Threads threads;
    private boolean closed;

    private Network(Threads threads) {
        this.threads = threads;
    }

    /** A share in the threads; they start when they are first needed. */
    public static synchronized Network share() {
        if (current.users == 0) { // the last ones have ended, or there were none yet
            current = new Threads();
        }
        current.users++;
        return new Network(current);
    }

    public DrainLoops loops() {
        return threads.loops;
    }

    public Resolver resolver() {
        return threads.resolver;
    }

    @Override
    public void close() {
        synchronized (Network.class) {
            if (closed) {
                return;
            }
            closed = true;
            threads.users--;
            if (threads.users > 0) {
                return;
            }
        }
        threads.resolver.close();
        threads.loops.close();
    }
}
