package logyard.kato.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import logyard.core.LogyardCore;
import logyard.core.daemon.ListenAddress;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import logyard.kato.process.LocalUnits;
import logyard.kato.process.ProcessState;

/** Whether the daemons tell how they are, where {@code metrics.listen} says. One that says nothing, and is there, hangs. */
final class MetricsCheck {
    private static final String SUBJECT = "metrics";

    /** A busy machine is no hang. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Settings settings;
    private final LocalUnits units;
    private final Duration patience;
    private final Findings findings;

    MetricsCheck(Settings settings, LocalUnits units, Duration patience, Findings findings) {
        this.settings = settings;
        this.units = units;
        this.patience = patience;
        this.findings = findings;
    }

    /** Asks those that run: of others nobody listens. Where nobody knows what runs, the core may. */
    void examine(Map<String, ProcessState> processes) {
        if (processes.isEmpty()) {
            ask(LogyardCore.PROCESS, Optional.empty());
            return;
        }
        Set<OptionalLong> asked = new HashSet<>();
        for (String name : LocalUnits.PROCESSES) {
            ProcessState state = processes.get(name);
            // Several in one process have one endpoint, that of the first.
            if (state != null && state.isUp() && (state.pid().isEmpty() || asked.add(state.pid()))) {
                ask(name, Optional.of(state));
            }
        }
    }

    /** @param state empty if nobody knows whether it runs */
    private void ask(String name, Optional<ProcessState> state) {
        Optional<InetSocketAddress> address = ListenAddress.of(settings, name);
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
                    .connectTimeout(patience)
                    .build()
                    .send(HttpRequest.newBuilder(uri).timeout(patience).build(), HttpResponse.BodyHandlers.ofString());
            if (!answer.body().contains("\"healthy\"")) {
                findings.warn(SUBJECT, "something else answers at " + uri, elsewhere());
            } else if (answer.body().contains("\"healthy\":true")) {
                findings.ok(SUBJECT, "all is well, says " + uri);
            } else {
                findings.fail(SUBJECT, "something hangs, says " + uri, "curl " + uri);
            }
        } catch (HttpTimeoutException e) {
            examineSilent(name, state, uri);
        } catch (IOException e) {
            if (state.isPresent()) {
                findings.warn(SUBJECT, name + " does not answer at " + uri + " (" + reason(e) + ")", elsewhere());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void examineSilent(String name, Optional<ProcessState> state, URI uri) {
        OptionalLong pid = state.map(ProcessState::pid).orElseGet(OptionalLong::empty);
        String text = name + " says nothing at " + uri + " for " + patience.toMillis() + " ms";
        if (pid.isPresent() && ProcessHandle.of(pid.getAsLong()).isPresent()) {
            findings.fail(
                    SUBJECT,
                    text + ", though its process is there (pid " + pid.getAsLong() + "): it hangs",
                    "systemctl restart " + units.of(name).shortName());
        } else {
            findings.warn(SUBJECT, text, elsewhere());
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String elsewhere() {
        return "if another program has the port (ss -ltnp), set " + Setting.METRICS_LISTEN.key()
                + " to a free one, with three more behind it, and restart the daemons";
    }
}
