package logyard.core.subscriber;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Sessions that gave way to another of the same subscriber, and must not take its place again: two clients with one name
 * would do so for ever. The latest few of each. One thread.
 */
final class ReplacedSessions {
    private static final int REMEMBERED = 16;

    private final Map<String, Deque<String>> bySubscriber = new HashMap<>();

    void add(String subscriber, String session) {
        Deque<String> sessions = bySubscriber.computeIfAbsent(subscriber, name -> new ArrayDeque<>());
        sessions.add(session);
        if (sessions.size() > REMEMBERED) {
            sessions.remove();
        }
    }

    boolean contains(String subscriber, String session) {
        Deque<String> sessions = bySubscriber.get(subscriber);
        return sessions != null && sessions.contains(session);
    }

    /** The subscriber is gone for good. */
    void forget(String subscriber) {
        bySubscriber.remove(subscriber);
    }
}
