package logyard.drains.redis;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainSpec.HostAndPort;
import logyard.core.drain.InvalidDrainException;
import logyard.core.drain.Login;
import logyard.core.drain.SecretFiles;

/**
 * What the URI of a redis drain says.
 *
 * @param address as given, the alias {@code stackato-core} included
 * @param key of the list that all events go to; empty: each to the list of its own key
 * @param limit how many events a list keeps
 * @param ca file of the certificates to trust; empty: those that Java trusts
 */
record RedisSettings(HostAndPort address, boolean tls, Login login, int database, String key, long limit, String ca) {
    private static final long DEFAULT_LIMIT = 1500;
    private static final long MAX_LIMIT = 1_000_000;

    static RedisSettings of(DrainSpec spec) {
        boolean tls = spec.uri().scheme().equals("rediss");
        Optional<String> ca = spec.text("ca");
        if (ca.isPresent() && !tls) {
            throw new InvalidDrainException("ca is for rediss:// only, got " + spec.uri());
        }
        return new RedisSettings(
                spec.hostAndPort(),
                tls,
                Login.of(spec.uri().userInfo()),
                (int) spec.number("database", 0, 0, Integer.MAX_VALUE),
                spec.text("key").orElse(""),
                spec.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT),
                ca.map(name -> SecretFiles.requireName("ca", name)).orElse(""));
    }

    boolean isAtCore() {
        return address.host().equals(DrainEnvironment.CORE_ALIAS);
    }

    byte[] keyBytes() {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
