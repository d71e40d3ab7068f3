package logyard.drains.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import logyard.core.daemon.NamedThreads;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainBatch;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainType;
import logyard.core.drain.InvalidDrainException;
import logyard.core.drain.MessageFormat;
import logyard.core.event.Message;

/** {@code file:///s/logs/all.log?mode=640&rotate_size=100MiB}: each node writes a file of its own. */
public final class FileDrainType implements DrainType {
    @Override
    public Set<String> schemes() {
        return Set.of("file");
    }

    @Override
    public Set<String> parameters() {
        return FileSettings.PARAMETERS;
    }

    @Override
    public void check(DrainSpec spec, DrainEnvironment environment) {
        new AllowedFolders(environment).requireBelow(FileSettings.of(spec).path());
    }

    /** A folder that is not here may be on the nodes; one that is must not lead elsewhere. */
    @Override
    public void checkHere(DrainSpec spec, DrainEnvironment environment) {
        Path path = FileSettings.of(spec).path();
        var allowed = new AllowedFolders(environment);
        try {
            var unused = allowed.existing(allowed.realFolder(path).resolve(path.getFileName()));
        } catch (IOException e) {
            // Nodes have folders of their own, and say it in the status.
        }
    }

    @Override
    public CompletableFuture<Void> probe(DrainSpec spec, DrainEnvironment environment, Message event) {
        return CompletableFuture.runAsync(() -> {
            try {
                FileProbe.run(
                        FileSettings.of(spec),
                        new AllowedFolders(environment),
                        environment.steps(),
                        DrainBatch.single(event, spec.format(), Integer.MAX_VALUE));
            } catch (MessageFormat.UnformattableException e) {
                throw new InvalidDrainException("its format cannot take the line: " + e.getMessage());
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    @Override
    public CompletableFuture<Drain> open(DrainSpec spec, DrainEnvironment environment) {
        check(spec, environment);
        FileSettings settings = FileSettings.of(spec);
        var allowed = new AllowedFolders(environment);
        ScheduledExecutorService thread = NamedThreads.scheduler("drain-" + spec.name());
        var opened = new CompletableFuture<Drain>();
        thread.execute(() -> {
            try {
                var drain = FileDrain.open(spec.name(), settings, allowed, thread);
                if (!opened.complete(drain)) {
                    var unused = drain.close();
                }
            } catch (IOException | RuntimeException e) {
                thread.shutdown();
                opened.completeExceptionally(e);
            }
        });
        return opened;
    }
}
