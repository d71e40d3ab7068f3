package logyard.core.subscriber;

/** One life of a subscriber's client, as the core sees it. One thread, but for what does not change. */
final class Session {
    private final String id;
    private final String client;
    private int credit;
    private long sent;
    private long heardNanos;

    /** @param client the connection that it came over */
    Session(String id, String client, int credit, long nowNanos) {
        this.id = id;
        this.client = client;
        this.credit = credit;
        this.heardNanos = nowNanos;
    }

    String id() {
        return id;
    }

    String client() {
        return client;
    }

    /** How many deliveries may be on their way. */
    int credit() {
        return credit;
    }

    /** How many were sent. */
    long sent() {
        return sent;
    }

    /** One more is sent; its number. */
    long count() {
        return ++sent;
    }

    /** The client asked for something. */
    void heard(int newCredit, long nowNanos) {
        credit = newCredit;
        heardNanos = nowNanos;
    }

    /** How long ago that was. */
    long silenceNanos(long nowNanos) {
        return nowNanos - heardNanos;
    }
}
