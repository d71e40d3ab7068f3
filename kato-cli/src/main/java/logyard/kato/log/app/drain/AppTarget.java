package logyard.kato.log.app.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import logyard.core.drain.DrainUri;
import logyard.core.drain.InvalidDrainException;

/**
 * What is left of the URI that the owner of an application gives: scheme, host and port (spec 07 §14).
 *
 * @param uri that
 * @param leftOut what else was there, in words and without its values
 */
record AppTarget(String uri, List<String> leftOut) {
    /** Those of the original, and the same over TLS. */
    private static final Set<String> SCHEMES = new TreeSet<>(Set.of("tcp", "udp", "tls", "syslog+tls"));

    AppTarget {
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Reads it. Whether host and port are any is for the drain type to say.
     *
     * @throws InvalidDrainException if it is no URI, or of a type that writes elsewhere than to a host
     */
    static AppTarget of(String given) {
        if (!given.contains("://")) {
            throw new InvalidDrainException("not a URI such as tcp://logs.example.com:1234, got \"" + given + "\"");
        }
        DrainUri uri = DrainUri.parse(given);
        if (!SCHEMES.contains(uri.scheme())) {
            throw new InvalidDrainException(
                    "drains of applications are " + String.join(", ", SCHEMES) + ", got " + uri.masked());
        }
        return new AppTarget(uri.scheme() + "://" + uri.host(), leftOut(uri));
    }

    private static List<String> leftOut(DrainUri uri) {
        List<String> leftOut = new ArrayList<>();
        if (!uri.userInfo().isEmpty()) {
            leftOut.add("the user");
        }
        if (!uri.path().isEmpty() && !uri.path().equals("/")) {
            leftOut.add("the path");
        }
        uri.params().keySet().forEach(name -> leftOut.add("\"" + name + "\""));
        uri.format().ifPresent(format -> leftOut.add("\"format\""));
        if (!uri.filters().equals(List.of(""))) {
            leftOut.add("\"filter\"");
        }
        if (uri.text().indexOf('#') >= 0) {
            leftOut.add("the fragment");
        }
        return leftOut;
    }
}
