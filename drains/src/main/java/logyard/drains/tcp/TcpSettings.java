package logyard.drains.tcp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import logyard.config.GoDuration;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainSpec.HostAndPort;
import logyard.core.drain.InvalidDrainException;
import logyard.drains.net.TlsFiles;

/**
 * What a drain's URI says of its connection.
 *
 * @param octetCounting whether a length goes before each event, instead of a line feed behind it
 * @param maxConnectionAge after how long the connection is replaced; zero is never
 * @param tls empty: plain TCP
 */
record TcpSettings(HostAndPort target, boolean octetCounting, Duration maxConnectionAge, Optional<TlsFiles> tls) {
    static final Set<String> SCHEMES = Set.of("tcp", "tls", "syslog+tls");
    static final Set<String> PARAMETERS = Set.of("framing", "max_conn_age", "ca", "cert", "key");

    private static final List<String> CARELESS =
            List.of("verify", "insecure", "skip_verify", "insecure_skip_verify", "tls_verify");
    private static final Duration SHORTEST_AGE = Duration.ofSeconds(10);

    /** @throws InvalidDrainException naming the value and what would be right */
    static TcpSettings of(DrainSpec spec) {
        return new TcpSettings(spec.hostAndPort(), octetCounting(spec), maxConnectionAge(spec), tls(spec));
    }

    private static boolean octetCounting(DrainSpec spec) {
        boolean isRfc5425 = spec.uri().scheme().equals("syslog+tls"); // which knows no other frame
        String framing = spec.text("framing").orElse(isRfc5425 ? "octet" : "newline");
        return switch (framing) {
            case "octet" -> true;
            case "newline" -> false;
            default -> throw new InvalidDrainException("framing must be octet or newline, got \"" + framing + "\"");
        };
    }

    private static Duration maxConnectionAge(DrainSpec spec) {
        String text = spec.text("max_conn_age").orElse("0s");
        try {
            Duration age = GoDuration.parse(text);
            if (age.isZero() || age.compareTo(SHORTEST_AGE) >= 0) {
                return age;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new InvalidDrainException("max_conn_age must be a duration of at least " + SHORTEST_AGE.toSeconds()
                + "s, such as 1h or 30m, or 0s for never, got \"" + text + "\"");
    }

    private static Optional<TlsFiles> tls(DrainSpec spec) {
        if (spec.uri().scheme().equals("tcp")) {
            for (String parameter : List.of("ca", "cert", "key")) {
                if (spec.text(parameter).isPresent()) {
                    throw new InvalidDrainException(
                            parameter + " is for tls:// and syslog+tls:// only; tcp:// encrypts nothing");
                }
            }
            return Optional.empty();
        }
        for (String parameter : CARELESS) {
            if (spec.uri().params().containsKey(parameter)) {
                throw new InvalidDrainException("there is no " + parameter
                        + ": a target's certificate is always checked; name your own authority with ca=NAME");
            }
        }
        return Optional.of(TlsFiles.of(spec));
    }

    /** What error messages begin with: {@code tls logs.example.com:6514}. */
    String name() {
        return (tls.isPresent() ? "tls " : "tcp ") + target;
    }
}
