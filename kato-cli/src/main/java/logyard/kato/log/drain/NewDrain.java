package logyard.kato.log.drain;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import logyard.core.drain.DrainUri;
import logyard.core.drain.DrainUriBuilder;
import logyard.core.drain.Formats;
import logyard.core.drain.InvalidDrainException;
import logyard.core.event.Keys;

/**
 * A drain as it is given on kato's command line, and what is taken for what is not given (spec 03 §5.2).
 *
 * @param base its URI, which may hold parameters already
 * @param prefixes of the keys it is to get; none are the system logs
 * @param params all others, {@code format} among them
 */
record NewDrain(String base, List<String> prefixes, Map<String, String> params) {
    private static final String FORMAT = "format";
    private static final String DEFAULT_PREFIX = "systail";

    /**
     * The URI that says all of it.
     *
     * @param formats the named formats of the cluster
     * @throws InvalidDrainException if it says something twice, or names a format that does not exist
     */
    String uri(Map<String, String> formats) {
        DrainUri given = DrainUri.parse(DrainUriBuilder.build(base, prefixes, params));
        requireNoneEmptyByMistake();
        requireNothingTwice();
        given.format().ifPresent(format -> requireKnown(format, formats));
        boolean isEverything = given.filters().equals(List.of(""));
        List<String> wanted = prefixes.isEmpty() && isEverything ? List.of(DEFAULT_PREFIX) : prefixes;
        Map<String, String> all = new TreeMap<>(params);
        if (given.format().isEmpty() && !given.scheme().startsWith("syslog+")) { // which have one of their own
            onlyStream(DrainUri.parse(DrainUriBuilder.build(base, wanted, params))
                            .filters())
                    .filter(formats::containsKey)
                    .ifPresent(stream -> all.put(FORMAT, stream));
        }
        return DrainUriBuilder.build(base, wanted, all);
    }

    /** As in {@code systail,,event}: every key begins with nothing. */
    private void requireNoneEmptyByMistake() {
        if (prefixes.size() > 1 && prefixes.contains("")) {
            throw new InvalidDrainException(
                    "an empty prefix means everything, so there is no use in others: " + String.join(",", prefixes));
        }
    }

    /** Of two values a drain obeys the first and ignores the other, which nobody means. */
    private void requireNothingTwice() {
        DrainUri inBase = DrainUri.parse(base);
        Set<String> twice = new HashSet<>(inBase.params().keySet());
        inBase.format().ifPresent(format -> twice.add(FORMAT));
        twice.retainAll(params.keySet());
        if (!twice.isEmpty()) {
            throw new InvalidDrainException(
                    String.join(", ", twice) + " is given twice: in " + inBase.masked() + " and beside it");
        }
    }

    private static void requireKnown(String format, Map<String, String> formats) {
        boolean isTemplate = format.contains("{{");
        if (!isTemplate && !Formats.BUILT_IN.contains(format) && !formats.containsKey(format)) {
            throw new InvalidDrainException("there is no format \"" + format + "\" (there are "
                    + String.join(", ", Formats.BUILT_IN)
                    + formats.keySet().stream().map(name -> ", " + name).collect(Collectors.joining())
                    + "), and a template would hold a field such as {{.text}}");
        }
    }

    /** The stream that all prefixes belong to, if it is one. */
    private static Optional<String> onlyStream(List<String> prefixes) {
        Set<String> streams = prefixes.stream().map(Keys::stream).collect(Collectors.toSet());
        return streams.size() == 1 ? streams.stream().findFirst() : Optional.empty();
    }
}
