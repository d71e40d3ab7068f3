package logyard.core.drain;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts a drain's URI together from what is given on a command line (spec 03 §1.1). */
public final class DrainUriBuilder {
    private DrainUriBuilder() {}

    /**
     * Adds filters and parameters to a URI, which may have some already: parameters sorted by name, filters in the order
     * given.
     *
     * @throws InvalidDrainException if {@code base} is no URI, or a parameter has the name that prefixes go by
     */
    public static String build(String base, List<String> filters, Map<String, String> params) {
        if (base.isEmpty()) {
            throw new InvalidDrainException("URI cannot be empty");
        }
        if (!base.contains("://")) {
            throw new InvalidDrainException("Not an URI: " + base);
        }
        if (params.containsKey("filter")) {
            throw new InvalidDrainException("params cannot have a key called 'filter'; give prefixes instead");
        }
        Map<String, List<String>> all = new TreeMap<>();
        params.forEach((name, value) -> all.put(name, List.of(value)));
        if (!filters.isEmpty()) {
            all.put("filter", filters);
        }
        List<String> pairs = new ArrayList<>();
        all.forEach((name, values) -> values.forEach(value -> pairs.add(escape(name) + "=" + escape(value))));
        return append(base, String.join("&", pairs));
    }

    private static String append(String base, String query) {
        int hash = base.indexOf('#'); // a fragment means nothing to a drain, and would swallow the parameters
        String uri = hash < 0 ? base : base.substring(0, hash);
        if (query.isEmpty()) {
            return uri;
        }
        if (uri.indexOf('?') < 0) {
            return uri + "?" + query;
        }
        return uri + (uri.endsWith("?") || uri.endsWith("&") ? "" : "&") + query;
    }

    /** As Go's {@code url.QueryEscape}: a blank becomes a plus, and of the punctuation {@code -_.~} stay. */
    private static String escape(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
