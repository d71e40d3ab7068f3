package logyard.core.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Values by key, where a key is the bytes it is made of and is looked up where it lies, without an object for it. Not
 * thread-safe.
 *
 * <p>A text would not do: keys that are no UTF-8 differ in their bytes and are the same as text.
 */
public final class KeyTable<V> {
    private static final int SMALLEST = 16;
    private static final long PRIME = 0x100000001b3L;

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Slot<V>(byte[] key, int hash, V value) {}

    private final long seed = ThreadLocalRandom.current().nextLong(); // clients choose the keys, but not their places
    private List<@Nullable Slot<V>> slots = empty(SMALLEST);
    private int size;

    private static <V> List<@Nullable Slot<V>> empty(int capacity) {
        return new ArrayList<>(Collections.nCopies(capacity, null));
    }

    /** The value of the key {@code bytes[start..end)}; null if there is none. */
    public @Nullable V get(byte[] bytes, int start, int end) {
        Slot<V> slot = slots.get(place(bytes, start, end, hash(bytes, start, end)));
        return slot == null ? null : slot.value();
    }

    /** Sets the value of the key {@code bytes[start..end)}, which is copied. */
    public void put(byte[] bytes, int start, int end, V value) {
        int hash = hash(bytes, start, end);
        int place = place(bytes, start, end, hash);
        if (slots.set(place, new Slot<>(Arrays.copyOfRange(bytes, start, end), hash, value)) == null) {
            size++;
            if (2 * size > slots.size()) {
                grow();
            }
        }
    }

    /** How many keys there are. */
    public int size() {
        return size;
    }

    /** Forgets all keys. */
    public void clear() {
        if (size > 0) {
            slots = empty(SMALLEST);
            size = 0;
        }
    }

    /** Shows each key and its value, in no order. */
    public void forEach(BiConsumer<byte[], V> consumer) {
        for (Slot<V> slot : slots) {
            if (slot != null) {
                consumer.accept(slot.key(), slot.value());
            }
        }
    }

    /** Where the key is, or else would be put. */
    private int place(byte[] bytes, int start, int end, int hash) {
        int mask = slots.size() - 1;
        int place = hash & mask;
        for (Slot<V> slot = slots.get(place); slot != null; slot = slots.get(place)) {
            if (slot.hash() == hash && Arrays.equals(slot.key(), 0, slot.key().length, bytes, start, end)) {
                return place;
            }
            place = (place + 1) & mask;
        }
        return place;
    }

    private int hash(byte[] bytes, int start, int end) {
        long hash = seed;
        for (int i = start; i < end; i++) {
            hash = (hash ^ bytes[i]) * PRIME;
        }
        return (int) (hash ^ (hash >>> 32));
    }

    private void grow() {
        List<@Nullable Slot<V>> old = slots;
        slots = empty(2 * old.size());
        for (Slot<V> slot : old) {
            if (slot != null) {
                slots.set(place(slot.key(), 0, slot.key().length, slot.hash()), slot);
            }
        }
    }
}
