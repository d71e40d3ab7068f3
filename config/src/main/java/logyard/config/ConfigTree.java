package logyard.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The configuration of the cluster: a tree of JSON values, the same for every node.
 *
 * <p>Every method may be called from any thread. The methods that read or change the tree wait for the server, for at
 * most the tree's own limit (10 s unless set otherwise), and then throw {@link ConfigUnavailableException}; {@link
 * #watch} and {@link #publish} never wait: they take effect when the server can be reached, and again after every
 * loss of the session. A value takes up 64 KiB at most; a longer one is refused with a {@link ConfigException}.
 */
public interface ConfigTree extends AutoCloseable {

    /**
     * The value at {@code path}; empty if there is no such place or it holds no value.
     *
     * @throws ConfigException if the value is not JSON
     */
    Optional<JsonNode> read(ConfigPath path);

    /**
     * The values directly below {@code path} by name; empty if there is no such place. A value that is not JSON is left
     * out and logged.
     */
    SortedMap<String, JsonNode> children(ConfigPath path);

    /** The names directly below {@code path}, whether or not they hold a value; empty if there is no such place. */
    SortedSet<String> names(ConfigPath path);

    /** Stores a value where there is none yet, with the places above it. False if there is one: it stays as it was. */
    boolean create(ConfigPath path, JsonNode value);

    /** Stores a value, with the places above it, whether or not there was one. */
    void set(ConfigPath path, JsonNode value);

    /** Removes the value at {@code path} and everything below it. False if there was nothing. */
    boolean delete(ConfigPath path);

    /** Everything at and below {@code root} as it is just now; empty if there is no such place. */
    ConfigSubtree subtree(ConfigPath root);

    /**
     * Changes everything at and below {@code root} that stays when its session ends, in one step that others see whole or
     * not at all. If another changes one of the same places meanwhile, neither is lost: {@code edit} is asked again.
     *
     * @param edit what is there becomes what shall be there; may refuse with an exception, and nothing is changed then
     * @return what is there now
     * @throws ConfigUnavailableException also if the connection broke and it cannot be told whether the change was made
     */
    ConfigSubtree change(ConfigPath root, UnaryOperator<ConfigSubtree> edit);

    /**
     * Tells every node that the tree as it stands is the right one, however it looks to them.
     *
     * @throws ConfigException if there is no configuration in it at all
     */
    void confirm();

    /**
     * Keeps a value in the tree for as long as this process lives and the returned handle is open. It disappears with
     * the session, also after {@code kill -9}, and is put back when a session was lost and a new one begins. Whatever else
     * is at {@code path} gives way; of two publications there, the later one counts.
     */
    default Publication publish(ConfigPath path, JsonNode value) {
        return publish(path, value, () -> {});
    }

    /**
     * The same for who must know of gaps.
     *
     * @param putBack is called, on a thread of the tree's, when the value was not there any more and is there again; it must
     *     not wait
     */
    Publication publish(ConfigPath path, JsonNode value, Runnable putBack);

    /**
     * Calls {@code listener} with the whole state below {@code root}: once as soon as there is one (from the server, or
     * else from the last-known-good snapshot or the packaged defaults), and after every change, with changes within
     * 200 ms brought together. The calls come one at a time, on a thread of the tree's; an exception of the listener is
     * logged and the state counts as delivered.
     */
    Watch watch(ConfigPath root, Consumer<ConfigSubtree> listener);

    /**
     * As {@link #watch}, but {@code listener} hears of every write, also of one that changes no value: whoever writes what
     * is there already may want it to be tried again. It also hears when what was remembered turns out to be right.
     */
    Watch watchWrites(ConfigPath root, Consumer<WrittenSubtree> listener);

    /** Whether the server can be reached just now. */
    boolean isConnected();

    /** Ends the watches and removes what was published. Returns within 5 s. */
    @Override
    void close();

    /** A value that lives as long as its publisher; see {@link #publish}. */
    interface Publication extends AutoCloseable {
        /** Replaces the value. Never waits: of several in quick succession the last one is stored. */
        void update(JsonNode value);

        /** Removes the value. Never waits. */
        @Override
        void close();
    }

    /** The right to be told of changes; see {@link #watch}. */
    interface Watch extends AutoCloseable {
        /** No call of the listener begins after this returns. */
        @Override
        void close();
    }
}
