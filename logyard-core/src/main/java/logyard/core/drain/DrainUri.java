package logyard.core.drain;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import logyard.core.secret.SecretNames;

/**
 * The one string that describes a drain completely, taken apart: {@code
 * tcp://logs.example.com:1234/?filter=systail&format=json}.
 *
 * @param text the URI as given
 * @param scheme in lower case
 * @param userInfo what is before {@code @}, still escaped; empty if there is none
 * @param host host and port as given, such as {@code [::1]:514}; {@code ""} if there is none
 * @param path unescaped
 * @param filters the key prefixes, at least one; {@code ""} is everything
 * @param format what to send for each event; empty means JSON
 * @param params all other parameters; of a repeated one the first value
 */
public record DrainUri(
        String text,
        String scheme,
        String userInfo,
        String host,
        String path,
        List<String> filters,
        Optional<String> format,
        Map<String, String> params) {
    private static final int SHORTEST_SECRET = 4;

    public DrainUri {
        filters = List.copyOf(filters);
        params = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /**
     * Takes a URI apart as the original did. Whether its scheme is known and its values make sense is for the {@link
     * DrainType} to say.
     *
     * @throws InvalidDrainException if it is no URI at all
     */
    public static DrainUri parse(String text) {
        UriParser parsed = UriParser.parse(text);
        List<String> filters = new ArrayList<>();
        Map<String, String> params = new LinkedHashMap<>();
        for (String[] parameter : parsed.query) {
            if (parameter[0].equals("filter")) {
                filters.add(parameter[1]);
            } else {
                params.putIfAbsent(parameter[0], parameter[1]);
            }
        }
        Optional<String> format = Optional.ofNullable(params.remove("format"));
        return new DrainUri(
                text,
                parsed.scheme,
                parsed.userInfo,
                parsed.host,
                path(parsed),
                filters.isEmpty() ? List.of("") : filters,
                format,
                params);
    }

    /** The original dropped two slashes of a path that began with two, which made it relative; here they become one. */
    private static String path(UriParser parsed) {
        return parsed.scheme.equals("file") ? parsed.path.replaceFirst("^/{2,}", "/") : parsed.path;
    }

    /** The URI with secrets masked, for logs, lists and status. */
    public String masked() {
        return mask(text);
    }

    /** A text about this drain, such as what its target said, without the secrets of any URI and without its own. */
    public String hide(String text) {
        String hidden = Masking.text(text);
        for (String secret : secrets()) {
            hidden = hidden.replace(secret, Masking.MASK);
        }
        return hidden;
    }

    /** Values that are secret; not those so short that they are found in any text. */
    private List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        String password = userInfo.substring(userInfo.indexOf(':') + 1);
        secrets.add(password);
        secrets.add(URLDecoder.decode(password.replace("+", "%2B"), StandardCharsets.UTF_8));
        params.forEach((name, value) -> {
            if (SecretNames.isSecret(name, value)) {
                secrets.add(value);
            }
        });
        secrets.removeIf(secret -> secret.length() < SHORTEST_SECRET || secret.startsWith("secret:"));
        return secrets;
    }

    /** Replaces user, password and parameters that are secrets in what may or may not be a valid URI. */
    public static String mask(String uri) {
        return Masking.uri(uri);
    }

    @Override
    public String toString() {
        return masked();
    }
}
