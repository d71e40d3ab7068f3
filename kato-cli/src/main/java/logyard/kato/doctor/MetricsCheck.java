package logyard.kato.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import logyard.core.LogyardCore;
import logyard.core.daemon.ListenAddress;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import logyard.kato.process.ProcessState;

/** Whether the core tells how it is, where {@code metrics.listen} says. */
final class MetricsCheck {
    private static final String SUBJECT = "metrics";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private MetricsCheck() {}

    /** Asks the core, if it runs: without one nobody listens. Where nobody knows what runs, it may listen. */
    static void examine(Settings settings, Map<String, ProcessState> processes, Findings findings) {
        ProcessState core = processes.get(LogyardCore.PROCESS);
        if (processes.isEmpty() || (core != null && core.isUp())) {
            ask(settings, !processes.isEmpty(), findings);
        }
    }

    private static void ask(Settings settings, boolean runs, Findings findings) {
        Optional<InetSocketAddress> address = ListenAddress.of(settings, LogyardCore.PROCESS);
        if (address.isEmpty() || address.get().getPort() == 0) {
            return; // not wanted, or anywhere
        }
        InetSocketAddress at = address.get();
        boolean isAnywhere = at.getAddress().isAnyLocalAddress();
        String host = isAnywhere ? "127.0.0.1" : at.getAddress().getHostAddress();
        URI uri =
                URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort() + "/health");
        try {
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            if (!answer.body().contains("\"healthy\"")) {
                findings.warn(SUBJECT, "something else answers at " + uri, elsewhere());
            } else if (answer.body().contains("\"healthy\":true")) {
                findings.ok(SUBJECT, "all is well, says " + uri);
            } else {
                findings.fail(SUBJECT, "something hangs, says " + uri, "curl " + uri);
            }
        } catch (IOException e) {
            if (runs) {
                findings.warn(SUBJECT, "the core does not answer at " + uri + " (" + reason(e) + ")", elsewhere());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String elsewhere() {
        return "if another program has the port (ss -ltnp), set " + Setting.METRICS_LISTEN.key()
                + " to a free one, with two more behind it, and restart the daemons";
    }
}
