package logyard.kato.process;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.core.LogyardCore;
import logyard.kato.command.CommandFailedException;

/**
 * Whether processes of a node are ready, now or at last.
 *
 * @param required those that must be
 * @param andAllOthers whether whatever else is registered must be ready, too
 */
record ReadyWatch(String node, List<String> required, boolean andAllOthers) {
    ReadyWatch {
        required = List.copyOf(required);
    }

    /** @param missing what is not ready, and how it is; empty if all is */
    record Answer(String missing) {
        boolean isReady() {
            return missing.isEmpty();
        }
    }

    /** What must be ready on a node that is to be so as a whole; {@code units} if that is this one. */
    static List<String> requiredFor(Optional<LocalUnits> units) {
        Set<String> required = new LinkedHashSet<>(List.of(LogyardCore.PROCESS));
        units.ifPresent(known -> required.addAll(known.wanted()));
        return List.copyOf(required);
    }

    private ConfigPath place() {
        return ConfigPath.RUNNING.child(node);
    }

    /** How it is now. */
    Answer ask(ConfigTree tree) {
        return answer(tree.children(place()));
    }

    /**
     * Waits until all are ready, by being told of changes.
     *
     * @param patience zero is for ever
     * @throws CommandFailedException if the tree could not be reached all the time
     */
    Answer await(ConfigTree tree, Duration patience) {
        var ready = new CountDownLatch(1);
        var last = new AtomicReference<Optional<Answer>>(Optional.empty());
        try (var unused = tree.watch(place(), state -> {
            Answer answer = answer(state.values());
            last.set(Optional.of(answer));
            if (answer.isReady()) {
                ready.countDown();
            }
        })) {
            if (patience.isZero()) {
                ready.await();
            } else if (!ready.await(patience.toMillis(), TimeUnit.MILLISECONDS)
                    && requireNonNull(last.get()).isEmpty()) {
                throw new CommandFailedException("ZooKeeper could not be reached within " + patience.toSeconds()
                        + " s, so that it is not known what runs. Does it run where zk.connect in"
                        + " /etc/logyard/logyard.properties says?");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return requireNonNull(last.get()).orElseGet(() -> answer(Map.of()));
    }

    private Answer answer(Map<String, JsonNode> registered) {
        List<String> missing = new ArrayList<>();
        Set<String> asked = new LinkedHashSet<>(required);
        if (andAllOthers) {
            asked.addAll(registered.keySet());
        }
        for (String process : asked) {
            JsonNode json = registered.get(process);
            if (json == null) {
                missing.add(process + " (not registered)");
            } else if (!ProcessState.registered(json).isReady()) {
                missing.add(process + " (" + ProcessState.registered(json).state() + ")");
            }
        }
        return new Answer(String.join(", ", missing));
    }
}
