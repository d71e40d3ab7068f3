package logyard.core.journal;

import java.util.List;

/**
 * Somebody who has not read all of the journal.
 *
 * @param position everything before it was read
 * @param prefixes what the keys of wanted events begin with, or none for everything; a blank is behind each key
 */
public record Unread(long position, List<String> prefixes) {
    public Unread {
        prefixes = List.copyOf(prefixes);
    }

    boolean wants(String key) {
        String whole = key + " ";
        return prefixes.isEmpty() || prefixes.stream().anyMatch(whole::startsWith);
    }
}
