package logyard.drains.file;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import logyard.core.daemon.NamedThreads;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainType;

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
        new AllowedFolders(environment.allowedFolders())
                .requireBelow(FileSettings.of(spec).path());
    }

    @Override
    public CompletableFuture<Drain> open(DrainSpec spec, DrainEnvironment environment) {
        check(spec, environment);
        FileSettings settings = FileSettings.of(spec);
        var allowed = new AllowedFolders(environment.allowedFolders());
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
