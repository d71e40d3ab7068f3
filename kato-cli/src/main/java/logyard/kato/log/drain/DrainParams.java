package logyard.kato.log.drain;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parameters of a drain as they are typed, {@code key=value} each. */
public final class DrainParams {
    private DrainParams() {}

    /**
     * The values by name. A value may hold further equals signs.
     *
     * @throws IllegalArgumentException if one is no {@code key=value}, or a key comes twice
     */
    public static Map<String, String> parse(List<String> params) {
        Map<String, String> values = new TreeMap<>();
        for (String param : params) {
            int equals = param.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "a parameter must be written as key=value, such as limit=200, got \"" + param + "\"");
            }
            if (values.put(param.substring(0, equals), param.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(param.substring(0, equals) + " is given twice");
            }
        }
        return values;
    }
}
