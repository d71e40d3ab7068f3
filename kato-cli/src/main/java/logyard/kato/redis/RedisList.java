package logyard.kato.redis;

import java.util.List;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisException;

/** Reads the lists that a built-in drain fills. Connects when it is first asked. One thread. */
public final class RedisList implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 5000;

    private final ListPlace place;
    private final RedisClient redis;

    /** @throws ListUnavailableException if the password to it cannot be read */
    public RedisList(ListPlace place) {
        this.place = place;
        this.redis = client(place);
    }

    private static RedisClient client(ListPlace place) {
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
        return RedisClient.builder()
                .hostAndPort(
                        new HostAndPort(place.address().host(), place.address().port()))
                .clientConfig(config)
                .poolConfig(pool)
                .build();
    }

    /**
     * What is in a list, the newest first, as it is there. Waits 5 s at most for each answer.
     *
     * @throws ListUnavailableException if Redis cannot be asked
     */
    public List<String> newestFirst(String key) {
        try {
            return redis.lrange(key, 0, -1);
        } catch (JedisException e) {
            throw new ListUnavailableException(
                    "Cannot read " + place.what() + " from " + place + ": " + reason(e)
                            + "; does a redis-server run there?",
                    e);
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

    @Override
    public void close() {
        redis.close();
    }
}
