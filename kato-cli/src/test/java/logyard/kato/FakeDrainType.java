package logyard.kato;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainBatch;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainType;
import logyard.core.drain.InvalidDrainException;
import logyard.core.drain.MessageFormat;
import logyard.core.event.Message;

/** Checks drains as the real types do, which are in a module that this one does not know. */
public final class FakeDrainType implements DrainType {
    @Override
    public Set<String> schemes() {
        return Set.of("tcp", "udp", "redis", "file");
    }

    @Override
    public Set<String> parameters() {
        return Set.of("key", "limit", "overwrite", "token");
    }

    @Override
    public void check(DrainSpec spec, DrainEnvironment environment) {
        if (!spec.uri().scheme().equals("file")) {
            var unused = spec.hostAndPort();
        } else if (environment.allowedFolders().stream()
                .noneMatch(folder -> spec.uri().path().startsWith(folder + "/"))) {
            throw new InvalidDrainException(spec.uri().path() + " is not below " + environment.allowedFolders());
        }
        var unused = spec.number("limit", 1500, 1, 1_000_000);
    }

    @Override
    public CompletableFuture<Drain> open(DrainSpec spec, DrainEnvironment environment) {
        throw new AssertionError("kato opens no drains");
    }

    @Override
    public CompletableFuture<Void> probe(DrainSpec spec, DrainEnvironment environment, Message event) {
        environment.steps().begins("connect", "mend it");
        if (spec.uri().host().startsWith("broken")) {
            return CompletableFuture.failedFuture(
                    new IOException("refused by " + spec.uri().text()));
        }
        environment.steps().done("connected");
        environment.steps().begins("send", "");
        DrainBatch line;
        try {
            line = DrainBatch.single(event, spec.format(), Integer.MAX_VALUE);
        } catch (MessageFormat.UnformattableException e) {
            return CompletableFuture.failedFuture(e);
        }
        environment.steps().done(new String(line.bytes(), 0, line.length(), StandardCharsets.UTF_8).strip());
        return CompletableFuture.completedFuture(null);
    }
}
