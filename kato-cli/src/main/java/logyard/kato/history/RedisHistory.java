package logyard.kato.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logyard.kato.output.Console;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisException;

/** The history of the cluster, in a list of Redis. */
final class RedisHistory {
    private static final int TIMEOUT_MILLIS = 5000;

    private final HistoryPlace place;

    RedisHistory(HistoryPlace place) {
        this.place = place;
    }

    /**
     * What is in the list, the oldest first; what is no event is left out, with a warning. Waits 5 s at most for each answer.
     *
     * @throws HistoryUnavailableException if Redis cannot be asked
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
        var pool = new ConnectionPoolConfig();
        pool.setJmxEnabled(false);
        String user = place.login().user();
        String password = place.password();
        var config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(TIMEOUT_MILLIS)
                .socketTimeoutMillis(TIMEOUT_MILLIS)
                .database(place.database())
                .user(user.isEmpty() ? null : user)
                .password(password.isEmpty() ? null : password)
                .sslOptions(place.tls() ? SslOptions.defaults() : null)
                .build();
        try (RedisClient redis = RedisClient.builder()
                .hostAndPort(
                        new HostAndPort(place.address().host(), place.address().port()))
                .clientConfig(config)
                .poolConfig(pool)
                .build()) {
            return redis.lrange(place.key(), 0, -1);
        } catch (JedisException e) {
            throw new HistoryUnavailableException(
                    "Cannot read the history from " + place + ": " + reason(e) + "; does a redis-server run there?", e);
        }
    }

    /** Jedis tells what happened in the cause of its causes, and in what is suppressed there. */
    private static String reason(Throwable error) {
        Throwable reason = error;
        while (reason.getCause() != null || reason.getSuppressed().length > 0) {
            reason = reason.getCause() != null ? reason.getCause() : reason.getSuppressed()[0];
        }
        return String.valueOf(reason.getMessage());
    }
}
