package logyard.kato.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logyard.kato.command.Cluster;
import logyard.kato.output.Console;
import logyard.kato.redis.ListPlace;
import logyard.kato.redis.RedisList;

/** The history of the cluster, in a list of Redis. */
final class RedisHistory {
    private static final String DRAIN = "builtin.katohistory";

    private final ListPlace place;

    /** @throws logyard.kato.redis.ListUnavailableException if it is kept where it cannot be read */
    RedisHistory(Cluster cluster) {
        this.place = ListPlace.of(cluster, DRAIN, "the history");
        if (place.key().isEmpty()) {
            throw place.unusable("it keeps no list of its own, for its URI has no key");
        }
    }

    /**
     * What is in the list, the oldest first; what is no event is left out, with a warning. Waits 5 s at most for each answer.
     *
     * @throws logyard.kato.redis.ListUnavailableException if Redis cannot be asked
     */
    List<HistoryEntry> read(Console console) {
        List<HistoryEntry> entries = new ArrayList<>();
        int undecodable = 0;
        for (String element : elements()) {
            Optional<HistoryEntry> entry = HistoryEntry.parse(element);
            entry.ifPresent(known -> entries.add(0, known));
            undecodable += entry.isPresent() ? 0 : 1;
        }
        if (undecodable > 0) {
            console.warn("left out " + undecodable + " elements of the list " + place.key() + " that are no events");
        }
        return entries;
    }

    private List<String> elements() {
        try (var list = new RedisList(place)) {
            return list.newestFirst(place.key());
        }
    }
}
