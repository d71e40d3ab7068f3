package logyard.apptail.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import logyard.apptail.docker.DockerClient.Document;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one container writes to one of its streams, through broken connections, until it was told that the container
 * has ended and everything was read. On the thread {@code docker}.
 */
final class ContainerReader {
    private static final long RETRY_SECONDS = 1;

    /** So long the log of a container that has ended is asked for while Docker does not answer. */
    private static final long GIVE_UP_NANOS = Duration.ofMinutes(10).toNanos();

    private static final int NOT_FOUND = 404;
    private static final int NOT_IMPLEMENTED = 501;

    private final String container;
    private final ContainerPositions positions;
    private final Docker docker;
    private final ContainerOutput output;
    private final String name;
    private Progress progress;
    private Checkpoint reached;
    private int maxRecordSize;
    private State state = State.ASKING;
    private @Nullable Call call;
    private @Nullable ContainerLog log;
    private boolean following;
    private boolean ending;
    private long endingSince;
    private boolean toldOfLoss;

    private enum State {
        /** Asks about the container, or waits to ask again. */
        ASKING,
        /** Reads its log. */
        READING,
        /** There is nothing to be read any more. */
        DONE
    }

    ContainerReader(
            String container,
            String name,
            ContainerPositions positions,
            Docker docker,
            ContainerOutput output,
            int maxRecordSize) {
        this.container = container;
        this.positions = positions;
        this.docker = docker;
        this.output = output;
        this.maxRecordSize = maxRecordSize;
        this.name = name;
        this.progress = positions.of(place());
        this.reached = progress.safe();
    }

    private String place() {
        return container + "/" + name;
    }

    /** Whether it is that of a container. */
    boolean isOf(String id) {
        return container.equals(id);
    }

    /** Begins. Where it begins is on disk before anything is read. */
    void start() {
        state = State.ASKING;
        positions.saveNow(() -> docker.later(this::ask));
    }

    /** Goes on, be it that the container had ended. Lines from now on have this size at most. */
    void goOn(int recordSize) {
        maxRecordSize = recordSize;
        ending = false;
        if (state == State.DONE) {
            start();
        }
    }

    /** The container has ended: reads what is there, and not what comes. */
    void end() {
        if (ending) {
            return;
        }
        ending = true;
        endingSince = System.nanoTime();
        if (state == State.DONE) {
            leave();
        } else if (state == State.READING && following) {
            close();
            state = State.ASKING;
            ask();
        }
    }

    /** There may be room again for what it reads. */
    void roomAgain() {
        Call reading = call;
        if (reading != null && output.hasRoom()) {
            reading.read(true);
        }
    }

    /** Stops at once, and for good; how far it was read is of no interest any more. */
    void stop() {
        close();
        state = State.DONE;
        positions.forget(place());
    }

    private void close() {
        Call open = call;
        call = null;
        log = null;
        if (open != null) {
            open.close();
        }
    }

    private void ask() {
        if (state == State.ASKING) {
            docker.client().document("/containers/" + container + "/json", this::inspected);
        }
    }

    private void retry(String what, String why) {
        docker.complaints().trouble(what, why);
        state = State.ASKING;
        if (ending && System.nanoTime() - endingSince > GIVE_UP_NANOS) {
            lost("Docker did not answer");
            done();
        } else {
            docker.client().thread().schedule(this::ask, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void inspected(int status, Document answer) {
        if (state != State.ASKING || docker.isClosed()) {
            return;
        }
        if (status == NOT_FOUND) {
            docker.complaints().fine();
            lost("Docker does not know the container any more");
            done();
            return;
        }
        JsonNode container = answer.json();
        if (!container.path("State").path("Running").isBoolean()) {
            retry(
                    "ask about a container",
                    answer.trouble().isEmpty() ? "it does not say whether it runs" : answer.trouble());
            return;
        }
        docker.complaints().fine();
        boolean hasEnded = !container.path("State").path("Running").booleanValue()
                && !container.path("State").path("FinishedAt").asText("0001").startsWith("0001");
        read(container.path("Config").path("Tty").booleanValue(), !ending && !hasEnded);
    }

    private void read(boolean terminal, boolean follow) {
        state = State.READING;
        following = follow;
        output.startAt(reached.stream(), reached.position());
        log = new ContainerLog(
                reached, isStdout() ? LogFrames.STDOUT : LogFrames.STDERR, terminal, maxRecordSize, output);
        call = docker.client().get("/containers/" + this.container + "/logs?" + query(follow), new Log());
        call.read(output.hasRoom());
    }

    private String query(boolean follow) {
        String since = "";
        if (reached.isSomewhere()) {
            Instant time = reached.instant();
            since = String.format("&since=%d.%09d", time.getEpochSecond(), time.getNano());
        }
        return name + "=1&timestamps=1&follow=" + (follow ? 1 : 0) + since;
    }

    private boolean isStdout() {
        return name.equals("stdout");
    }

    private void lost(String why) {
        if (!toldOfLoss) {
            output.warn("WARN -- Lines of " + name + " may have been lost: " + why);
        }
        toldOfLoss = true;
    }

    private void done() {
        close();
        state = State.DONE;
        if (ending) {
            leave();
        } else {
            docker.ended(container);
        }
    }

    private void leave() {
        output.left();
    }

    /** Takes the log. */
    private final class Log implements Answer {
        private int status;

        @Override
        public void status(int code) {
            status = code;
        }

        @Override
        public void bytes(ByteBuf part) {
            ContainerLog reading = log;
            Call from = call;
            if (status != DockerClient.OK || reading == null || from == null) {
                return;
            }
            try {
                reading.take(part);
            } catch (IOException e) {
                close();
                handedOn(reading);
                reached = reading.afterABreak();
                retry("read the log of a container", String.valueOf(e.getMessage()));
                return;
            }
            handedOn(reading);
            if (reading.isMissingSome()) {
                startAnew();
            } else if (!output.hasRoom()) {
                from.read(false);
            }
        }

        private void handedOn(ContainerLog reading) {
            output.flush();
            reached = reading.complete();
            progress.published(reached);
        }

        private void startAnew() {
            close();
            output.warn("WARN -- Lines of " + name
                    + " may have been lost, or come twice: Docker's log does not go on where it was read to");
            progress = positions.startAnew(place());
            reached = progress.safe();
            start();
        }

        @Override
        public void ended(Optional<String> trouble) {
            ContainerLog reading = log;
            if (reading == null) {
                return;
            }
            call = null;
            log = null;
            if (trouble.isPresent()) {
                reached = reading.afterABreak();
                retry("read the log of a container", trouble.get());
            } else if (status == DockerClient.OK) {
                if (!following) {
                    reading.finish();
                }
                handedOn(reading);
                if (following) {
                    again();
                } else {
                    done();
                }
            } else if (status == NOT_FOUND) {
                lost("Docker does not know the container any more");
                done();
            } else if (status < 500 || status == NOT_IMPLEMENTED) {
                output.warn("WARN -- Ignoring " + name + ": Docker cannot read it (HTTP status " + status + ")");
                state = State.DONE;
                if (ending) {
                    leave();
                }
            } else {
                retry("read the log of a container", "HTTP status " + status);
            }
        }

        /** Either the container has ended, or the daemon has ended the answer. */
        private void again() {
            state = State.ASKING;
            docker.client().thread().schedule(ContainerReader.this::ask, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }
}
