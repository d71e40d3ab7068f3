package logyard.core.daemon.metrics;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;

/** An endpoint that takes the numbers anew for each scrape, however soon it comes after the one before. */
public final class TestEndpoint implements AutoCloseable {
    private final Endpoint endpoint;

    public TestEndpoint(Vitals vitals) {
        endpoint = Endpoint.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        vitals,
                        new Scrapes(vitals, Duration.ZERO))
                .orElseThrow();
    }

    public Scraped scrape() {
        return Scraped.from(URI.create("http://127.0.0.1:" + endpoint.address().getPort() + "/"));
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
