package logyard.kato.log.drain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import logyard.core.drain.DrainUri;
import logyard.kato.output.Console;
import logyard.kato.output.DocumentFormat;
import logyard.kato.output.Printable;

/** Drains with their URIs, as they are shown (spec 07 §4). */
public final class DrainList {
    private final SortedMap<String, String> uris = new TreeMap<>();

    /** @param showSecrets whether to show passwords and tokens in the URIs */
    public DrainList(SortedMap<String, String> uris, boolean showSecrets) {
        uris.forEach((name, uri) -> this.uris.put(name, showSecrets ? uri : DrainUri.mask(uri)));
    }

    /** Prints them, for people if no other form is asked for. */
    public void print(Console console, Optional<DocumentFormat> format) {
        if (format.isPresent()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            uris.forEach(all::put);
            console.out().println(format.get().render(all));
        } else {
            uris.forEach((name, uri) -> console.out()
                    .println(Printable.text(String.format(Locale.ROOT, "%-20s\t", name)) + Printable.text(uri)));
        }
    }
}
