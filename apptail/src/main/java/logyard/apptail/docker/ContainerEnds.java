package logyard.apptail.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import logyard.apptail.docker.Docker.Containers;
import logyard.apptail.docker.DockerClient.Document;
import org.jspecify.annotations.Nullable;

/**
 * Hears from the daemon that containers end: as {@code die} events, and, since one may be missed while the connection is
 * broken, by the list of those that run, after each connection and once a minute. A {@code kill} is only a signal. On the
 * thread {@code docker}.
 */
final class ContainerEnds {
    private static final long RETRY_SECONDS = 1;
    private static final long COMPARE_SECONDS = 60;
    private static final int SHORT_ID = 12;

    /** Instances without a container have other names. */
    private static final Pattern CONTAINER = Pattern.compile("[0-9a-f]{" + SHORT_ID + "}");

    private static final String FILTERS =
            URLEncoder.encode("{\"type\":[\"container\"],\"event\":[\"die\"]}", StandardCharsets.UTF_8);

    private final Docker docker;
    private final Containers containers;
    private long since = System.currentTimeMillis() / 1000;
    private boolean comparing;

    ContainerEnds(Docker docker, Containers containers) {
        this.docker = docker;
        this.containers = containers;
    }

    /** Listens for as long as there is a daemon, and again. */
    void listen() {
        if (!docker.isClosed()) {
            // An event of the same second may come twice, and does no harm.
            var events = new Events();
            events.call = docker.client().get("/events?since=" + since + "&filters=" + FILTERS, events);
        }
        if (!comparing) {
            comparing = true;
            docker.client()
                    .thread()
                    .scheduleWithFixedDelay(this::compare, COMPARE_SECONDS, COMPARE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Whoever was known before the daemon was asked, and is not on its list, has ended. */
    private void compare() {
        if (docker.isClosed()) {
            return;
        }
        Set<String> known = new HashSet<>(containers.known());
        known.removeIf(name -> !CONTAINER.matcher(name).matches());
        if (!known.isEmpty()) {
            docker.client().document("/containers/json", (status, answer) -> compare(known, answer));
        }
    }

    private void compare(Set<String> known, Document answer) {
        if (docker.isClosed()) {
            return;
        }
        if (!answer.json().isArray()) {
            docker.complaints()
                    .trouble("list the containers", answer.trouble().isEmpty() ? "no list" : answer.trouble());
            return;
        }
        for (JsonNode container : answer.json()) {
            shortId(container.path("Id").asText()).ifPresent(known::remove);
        }
        known.forEach(containers::ended);
    }

    private static Optional<String> shortId(String id) {
        return Optional.of(id).filter(text -> text.length() >= SHORT_ID).map(text -> text.substring(0, SHORT_ID));
    }

    private void happened(JsonNode event) {
        since = Math.max(since, Math.min(event.path("time").asLong(), System.currentTimeMillis() / 1000));
        String type = event.path("Type").asText("container");
        String action = event.path("Action").asText(event.path("status").asText());
        if (type.equals("container") && action.equals("die")) {
            String id = event.path("Actor").path("ID").asText(event.path("id").asText());
            shortId(id).ifPresent(containers::ended);
        }
    }

    /** Takes the events. */
    private final class Events implements Answer {
        private final JsonObjects objects = new JsonObjects();
        private int status;
        private @Nullable Call call;

        @Override
        public void status(int code) {
            status = code;
            if (status == DockerClient.OK) {
                docker.complaints().fine();
                compare();
            }
        }

        @Override
        public void bytes(ByteBuf part) {
            if (status != DockerClient.OK) {
                return;
            }
            try {
                objects.take(part, ContainerEnds.this::happened);
            } catch (IOException e) {
                Call open = call;
                if (open != null) {
                    open.close();
                }
                ended(Optional.of(String.valueOf(e.getMessage())));
            }
        }

        @Override
        public void ended(Optional<String> trouble) {
            String why = trouble.orElse(status == DockerClient.OK ? "the answer has ended" : "HTTP status " + status);
            docker.complaints().trouble("hear the events", why);
            docker.client().thread().schedule(ContainerEnds.this::listen, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }
}
