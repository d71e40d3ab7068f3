package logyard.kato.log.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import logyard.core.event.Keys;
import logyard.kato.command.Cluster;
import logyard.kato.redis.ListPlace;
import logyard.kato.redis.RedisList;

/** The last lines of an application, as the drain {@code builtin.apptail} keeps them in Redis. One thread. */
final class KeptLog implements AutoCloseable {
    static final String DRAIN = "builtin.apptail";

    private final ListPlace place;
    private final String guid;
    private final RedisList redis;
    private Kept last = Kept.NOTHING;

    /**
     * What was in the list.
     *
     * @param lines the oldest first
     * @param others how many are no lines of applications
     */
    record Kept(List<AppRecord> lines, int others) {
        static final Kept NOTHING = new Kept(List.of(), 0);

        Kept {
            lines = List.copyOf(lines);
        }
    }

    /** @throws logyard.kato.redis.ListUnavailableException if it is kept where it cannot be read */
    KeptLog(Cluster cluster, String guid) {
        this.place = ListPlace.of(cluster, DRAIN, "the log of the application");
        this.guid = guid;
        this.redis = new RedisList(place);
    }

    /** How many lines are kept at most. */
    int limit() {
        return place.limit();
    }

    /**
     * What is kept now.
     *
     * @throws logyard.kato.redis.ListUnavailableException if Redis cannot be asked
     */
    Kept read() {
        boolean isShared = !place.key().isEmpty();
        List<AppRecord> lines = new ArrayList<>();
        int others = 0;
        for (String element : redis.newestFirst(isShared ? place.key() : Keys.apptail(guid))) {
            Optional<AppRecord> line = AppRecord.parse(element);
            line.filter(one -> !isShared || one.isOf(guid)).ifPresent(lines::add);
            others += line.isEmpty() ? 1 : 0;
        }
        Collections.reverse(lines);
        last = new Kept(lines, others);
        return last;
    }

    /** What was read last. */
    Kept last() {
        return last;
    }

    @Override
    public void close() {
        redis.close();
    }
}
