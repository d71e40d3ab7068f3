package logyard.kato.log.line;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The time that a process writes in front of each of its lines, which repeats what an operator sees happen. */
final class LeadingTime {
    /**
     * As the original's, but at the beginning only, and with days before the tenth in the fourth (09 F-83). None goes back
     * over what it has read, so that no line can hold it up.
     */
    private static final List<Pattern> PATTERNS = List.of(
            Pattern.compile("\\d++/\\d++/\\d++ \\d++:\\d++:\\d++ "), // programs in Go, ours among them
            Pattern.compile("\\d++-\\d++-\\d++ \\d++:\\d++:\\d++,\\d++ "), // supervisord
            Pattern.compile("\\w++ ++\\d++ \\d++:\\d++:\\d++ "), // syslog
            Pattern.compile(
                    "\\[[^\\]]++\\] \\S++ - (?:[^\\s=]++=\\S++ ){1,3}+")); // vcap: [time] name - pid=1 tid=2 fid=3

    private LeadingTime() {}

    /** The text without the time; as it is if there is none, or nothing behind it. */
    static String strip(String text) {
        for (Pattern pattern : PATTERNS) {
            Matcher time = pattern.matcher(text);
            if (time.lookingAt() && time.end() < text.length()) {
                return text.substring(time.end());
            }
        }
        return text;
    }
}
