package logyard.config.zookeeper;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/** Reads many places at once over one session, without waiting for one answer before the next question. */
record SessionReads(ZooKeeper session) {
    /** The place at {@code path}; empty if there is none. */
    CompletableFuture<Optional<Znode>> get(String path) {
        var answer = new CompletableFuture<Optional<Znode>>();
        session.getData(
                path,
                false,
                (code, p, context, data, stat) -> settle(answer, code, p, () -> Znode.of(data, stat)),
                null);
        return answer;
    }

    /** The latest transaction that left a trace at {@code path}; 0 if there is no such place, or it may not be read. */
    CompletableFuture<Long> zxid(String path) {
        var answer = new CompletableFuture<Optional<Stat>>();
        session.exists(
                path,
                false,
                (code, p, context, stat) ->
                        settle(answer, code == Code.NOAUTH.intValue() ? Code.NONODE.intValue() : code, p, () -> stat),
                null);
        return answer.thenApply(stat -> stat.map(Znode::zxid).orElse(0L));
    }

    /** The names directly below {@code path}; none if there is no such place. */
    CompletableFuture<List<String>> children(String path) {
        var answer = new CompletableFuture<Optional<List<String>>>();
        session.getChildren(
                path,
                false,
                (int code, String p, Object context, List<String> names) -> settle(answer, code, p, () -> names),
                null);
        return answer.thenApply(names -> names.orElse(List.of()));
    }

    /** Done when this session sees all that any other session saw before now. */
    CompletableFuture<?> sync() {
        var answer = new CompletableFuture<Optional<String>>();
        session.sync("/", (code, p, context) -> settle(answer, code, p, () -> p), null);
        return answer;
    }

    private static <T> void settle(CompletableFuture<Optional<T>> answer, int code, String path, Supplier<T> value) {
        switch (Code.get(code)) {
            case OK -> answer.complete(Optional.of(value.get()));
            case NONODE -> answer.complete(Optional.empty());
            default -> answer.completeExceptionally(KeeperException.create(Code.get(code), path));
        }
    }
}
